package dev.sluice.samples.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import dev.sluice.samples.servers.dns.Zones;
import dev.sluice.samples.servers.genres.GenreServer;
import dev.sluice.samples.servers.http.DelayRange;
import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.testing.PseudoTerminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --report} at a terminal, until Ctrl-C: the table comes then, too. */
@Timeout(60)
class LiveReportTest {
  private static final HttpServerSettings SLOW =
      HttpServerSettings.onLoopback().withDelay(DelayRange.parse("100ms"));

  /** A line below that of the cursor, and the way back. */
  private static final String BELOW = "\u001b[K\u001b[A\r";

  @TempDir Path folder;

  @BeforeAll
  static void needsAPseudoTerminal() {
    assumeTrue(PseudoTerminal.isAvailable(), "python3 and pseudo-terminals are needed");
  }

  @Test
  void aLineIsBelowTheBar() throws Exception {
    try (HttpServer server = GenreServer.start(SLOW);
        PseudoTerminal terminal =
            PseudoTerminal.start(
                ("flags -e -m1 --report -o " + folder + " -s " + server.uri()).split(" "))) {
      terminal.await("/676 (");
      terminal.await("1 of 1 in flight, ");
      String shown = ended(terminal);
      assertTrue(shown.contains(BELOW), shown);
      assertTrue(shown.contains("\u001b[Jlane "), shown);
      assertTrue(shown.contains("; 127.0.0.1:" + server.uri().getPort() + ": 1 of 1"), shown);
      assertTrue(shown.contains(" not finished: interrupted.\nElapsed time: "), shown);
    }
  }

  @Test
  void linesAreBetweenThoseOfTheCommand() throws Exception {
    try (HttpServer server = GenreServer.start(SLOW);
        PseudoTerminal terminal =
            PseudoTerminal.start(
                ("titles --from=1 --to=999999 -m1 --report --base " + server.uri()).split(" "))) {
      terminal.await("1 of 1 in flight, ");
      String shown = ended(terminal);
      assertFalse(shown.contains("\u001b[A"), shown);
      assertTrue(shown.contains("lane  "), shown);
    }
  }

  @Test
  void aLineIsBelowTheBarBesideAPipe() throws Exception {
    Path output = folder.resolve("output");
    String command = "sitecheck -m1 --report";
    try (HttpServer server = GenreServer.start(SLOW)) {
      command += (" " + server.uri()).repeat(500);
      try (PseudoTerminal terminal = PseudoTerminal.startInto(output, command.split(" "))) {
        terminal.await("/500 (");
        terminal.await("1 of 1 in flight, ");
        assertTrue(ended(terminal).contains("\u001b[Jlane "));
      }
      assertFalse(Files.readString(output).contains("\u001b"));
    }
  }

  @Test
  void aLineIsBelowThatOfProbe() throws Exception {
    try (DnsServer server =
            DnsServer.start(DnsServerSettings.onLoopback(Zones.ofNames(List.of("a.dev"))));
        PseudoTerminal terminal =
            PseudoTerminal.start(
                ("probe --report -r " + server.hostAndPort() + " -o " + folder + "/results -")
                    .split(" "))) {
      terminal.type("a.dev\n");
      terminal.await("1 done");
      terminal.await("0 of 1000 in flight, 0 waiting" + BELOW);
      String shown = ended(terminal);
      assertTrue(shown.contains(", interrupted"), shown);
      assertTrue(shown.contains("\u001b[Jlane "), shown);
    }
  }

  private static String ended(PseudoTerminal terminal) throws Exception {
    terminal.pressCtrlC();
    String shown = terminal.rest();
    assertEquals(130, terminal.exitStatus(), shown);
    return shown;
  }
}
