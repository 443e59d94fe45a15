package dev.sluice.samples.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts JVMs that can run Flink, of the version of this one.
 *
 * @param classPath their class path
 */
record Jvm(String classPath) {
  /** What Flink's own scripts open to it, but for its SQL compiler. */
  private static final List<String> OPEN_PACKAGES =
      List.of(
          "java.lang",
          "java.net",
          "java.io",
          "java.nio",
          "sun.nio.ch",
          "java.lang.reflect",
          "java.text",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks");

  /** Has the class path of this JVM. */
  static Jvm likeThisOne() {
    return new Jvm(System.getProperty("java.class.path"));
  }

  /** A process that is to run a class, with standard error in its standard output. */
  ProcessBuilder process(Class<?> main, List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(options);
    command.addAll(openings());
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  private static List<String> openings() {
    Stream<String> opens =
        OPEN_PACKAGES.stream().map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED");
    Stream<String> others =
        Stream.of(
            "--add-exports=java.base/sun.net.util=ALL-UNNAMED",
            "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
            "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED");
    return Stream.concat(opens, Stream.concat(others, nativeAccess())).toList();
  }

  /** From JDK 22 on, the resolvers send batches of queries by system calls. */
  private static Stream<String> nativeAccess() {
    return Runtime.version().feature() < 22
        ? Stream.empty()
        : Stream.of("--enable-native-access=ALL-UNNAMED");
  }
}
