package dev.sluice.samples.servers.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.Main;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.RawHttpClient;
import dev.sluice.samples.testing.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tests that need a JVM of their own. */
class FlagServerProcessTest {
  /** A main that does not close its server. */
  static final class LeavesServerOpen {
    private LeavesServerOpen() {}

    public static void main(String[] args) throws IOException {
      FlagServer server = FlagServer.start(HttpServerSettings.onLoopback());
      System.out.println(RawHttpClient.get(server.uri(), "/flags/br/br.gif").statusLine());
    }
  }

  @Test
  void endsWithAnOpenServerAndWithoutLoadingAnImageLibrary() throws Exception {
    Process java = JavaProcess.start("-Xlog:class+load", LeavesServerOpen.class.getName());
    List<String> printed = output(java).lines().collect(Collectors.toList());
    assertEquals(0, java.waitFor());
    assertTrue(printed.contains("HTTP/1.1 200 OK"));
    assertFalse(printed.stream().anyMatch(FlagServerProcessTest::isImaging), printed::toString);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
  void endsAtOnceAndSilentlyOnSigterm() throws Exception {
    Process java = JavaProcess.start(Main.class.getName(), "flag-server", "--port", "0");
    try (BufferedReader printed = java.inputReader(StandardCharsets.UTF_8)) {
      assertTrue(String.valueOf(printed.readLine()).startsWith("Serving "));
      // SIGTERM instead of SIGINT, which shells ignore for background jobs.
      java.toHandle().destroy();
      assertEquals("", printed.lines().collect(Collectors.joining("\n")));
      assertEquals(128 + 15, java.waitFor());
    }
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static boolean isImaging(String line) {
    return line.contains(" java.awt.") || line.contains(" javax.imageio.");
  }
}
