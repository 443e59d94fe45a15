package dev.sluice.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class of the tests in a JVM of its own. */
final class Child {
  private Child() {}

  /**
   * Waits for its end, at most 40 s; returns what it printed.
   *
   * @param folder for a temporary file
   * @param limits options of the shell's {@code ulimit}
   * @param options of the JVM
   */
  static String run(
      Path folder, String limits, List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    Path printed = folder.resolve("printed");
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit " + limits + "; exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process child =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      boolean hasEnded = child.waitFor(40, SECONDS);
      assertTrue(hasEnded, () -> "it does not end");
      return Files.readString(printed);
    } finally {
      child.destroyForcibly();
    }
  }
}
