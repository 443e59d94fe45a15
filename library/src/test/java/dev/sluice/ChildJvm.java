package dev.sluice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a JVM that runs a main class of the tests. */
public final class ChildJvm {
  private static final String HEAP = "-Xmx64m";

  private ChildJvm() {}

  /**
   * With the library alone on its class path, and no dependency.
   *
   * @param prefix a command that runs the command after it, such as {@code unshare}
   */
  public static ProcessBuilder of(List<String> prefix, Class<?> main, List<String> arguments) {
    String classPath = location(ChildJvm.class) + File.pathSeparator + location(Limiter.class);
    return of(prefix, List.of(HEAP), classPath, main, arguments);
  }

  /**
   * With the class path of the tests.
   *
   * @param prefix a command that runs the command after it, such as {@code unshare}
   * @param options of the JVM
   */
  public static ProcessBuilder of(
      List<String> prefix, List<String> options, Class<?> main, List<String> arguments) {
    return of(prefix, options, System.getProperty("java.class.path"), main, arguments);
  }

  private static ProcessBuilder of(
      List<String> prefix,
      List<String> options,
      String classPath,
      Class<?> main,
      List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  /** Runs the process to its end and returns its output. */
  public static String output(ProcessBuilder child) throws IOException, InterruptedException {
    return output(child.start());
  }

  /** Waits for the end of the process and returns its output. */
  public static String output(Process process) throws IOException, InterruptedException {
    try {
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      process.waitFor();
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(type + " was loaded from no file", e);
    }
  }
}
