package dev.sluice.samples.walkthrough;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs the scenes of a sample in asyncio itself; aborts the test without Python 3.11. */
final class PythonAsyncio {
  private static final String HAS_TASK_GROUPS = "import sys; sys.exit(sys.version_info < (3, 11))";

  private PythonAsyncio() {}

  static List<String> linesOf(String sample) throws Exception {
    if (!isInstalled()) {
      System.out.println(
          "Skipped: comparison of " + sample + " with asyncio, which needs Python 3.11");
      Assumptions.abort("no Python 3.11 or later");
    }
    Path script = Path.of(PythonAsyncio.class.getResource("scenes.py").toURI());
    Process python =
        new ProcessBuilder("python3", "-X", "utf8", script.toString(), sample)
            .redirectErrorStream(true)
            .start();
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
