package dev.sluice.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a JVM that runs a main class of the tests with the library on its class path. */
final class ChildJvm {
  private ChildJvm() {}

  /** The prefix is a command that runs the command after it, such as {@code unshare}. */
  static ProcessBuilder of(List<String> prefix, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
    command.addAll(List.of("-cp", location(Folder.class) + File.pathSeparator + location(main)));
    command.add(main.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  /** Runs the process to its end and returns its output. */
  static String output(ProcessBuilder child) throws IOException, InterruptedException {
    Process process = child.start();
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
