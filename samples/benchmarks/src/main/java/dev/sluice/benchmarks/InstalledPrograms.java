package dev.sluice.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the installed programs for a comparison. */
final class InstalledPrograms {
  private InstalledPrograms() {}

  /** The program with this name on the path, or in a folder of servers that is often not on it. */
  static Optional<Path> find(String name) {
    Stream<String> path = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1));
    return Stream.concat(path, Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A Python that can import all these modules; a machine may have several. */
  static Optional<Path> pythonWith(String... modules) {
    String script = "import " + String.join(", ", modules);
    return Stream.concat(find("python3").stream(), Stream.of(Path.of("/usr/bin/python3")))
        .filter(Files::isExecutable)
        .filter(python -> succeeds(List.of(python.toString(), "-c", script)))
        .findFirst();
  }

  /** Runs a program to its end without showing its output. */
  static boolean succeeds(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
