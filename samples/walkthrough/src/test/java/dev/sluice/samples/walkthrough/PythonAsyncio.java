package dev.sluice.samples.walkthrough;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs the scenes of a sample in asyncio itself; aborts the test without Python 3.11. */
final class PythonAsyncio {
  private static final String HAS_TASK_GROUPS = "import sys; sys.exit(sys.version_info < (3, 11))";

  private PythonAsyncio() {}

  /** What a sample prints in asyncio. */
  static List<String> linesOf(String sample) throws Exception {
    return linesOf("scenes.py", List.of(), sample);
  }

  /** What a script prints that reads these lines. */
  static List<String> linesOf(String script, List<String> input, String... arguments)
      throws Exception {
    if (!isInstalled()) {
      System.out.println("Skipped: comparison with asyncio, which needs Python 3.11: " + script);
      Assumptions.abort("no Python 3.11 or later");
    }
    String path = Path.of(PythonAsyncio.class.getResource(script).toURI()).toString();
    List<String> command = new ArrayList<>(List.of("python3", "-X", "utf8", path));
    command.addAll(List.of(arguments));
    Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var in = python.outputWriter(StandardCharsets.UTF_8)) {
      in.write(String.join("\n", input));
    }
    try (var out = python.inputReader(StandardCharsets.UTF_8)) {
      return out.lines().toList();
    }
  }

  private static boolean isInstalled() throws InterruptedException {
    try {
      Process python = new ProcessBuilder("python3", "-c", HAS_TASK_GROUPS).start();
      return python.waitFor(10, TimeUnit.SECONDS) && python.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
