package dev.sluice.samples.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.samples.CtrlC;
import dev.sluice.samples.servers.dns.DnsFaults;
import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import dev.sluice.samples.servers.dns.Zones;
import dev.sluice.samples.servers.flags.FlagServer;
import dev.sluice.samples.servers.genres.GenreServer;
import dev.sluice.samples.servers.http.DelayRange;
import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.testing.PseudoTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ctrl-C at a terminal that shows the progress: the summary is printed, no temporary file is left,
 * and the exit status is 130.
 */
@Timeout(60)
class CtrlCTest {
  /** Fast enough for a first result, too slow for a run to end before Ctrl-C. */
  private static final HttpServerSettings SLOW =
      HttpServerSettings.onLoopback().withDelay(DelayRange.parse("100ms"));

  @TempDir Path folder;
  @TempDir Path files;

  @BeforeAll
  static void needsAPseudoTerminal() {
    assumeTrue(PseudoTerminal.isAvailable(), "python3 and pseudo-terminals are needed");
  }

  @Test
  void flagsShowsABar() throws Exception {
    try (FlagServer server = FlagServer.start(SLOW)) {
      String shown =
          interrupted("1/676", "flags", "-e", "-m1", "-s", server.uri().toString(), "-o", folder());
      assertTrue(shown.contains(" not finished: interrupted.\nElapsed time: "), shown);
      assertEquals(List.of(), filesNotEndingWith(".gif"));
    }
  }

  @Test
  void genresShowsABarBesideAFile() throws Exception {
    try (HttpServer server = GenreServer.start(SLOW)) {
      String written =
          interruptedBesideAFile(
              "/99999 (", "genres", "-n99999", "--base", server.uri().toString(), "-o", folder());
      assertTrue(written.contains(" not finished: interrupted.\nElapsed time: "), written);
      assertEquals(List.of(), filesNotEndingWith(".txt"));
    }
  }

  @Test
  void titlesShowsABarBesideAFile() throws Exception {
    try (HttpServer server = GenreServer.start(SLOW)) {
      String written =
          interruptedBesideAFile(
              "/99999 (", "titles", "--from=1", "--to=99999", "--base", server.uri().toString());
      assertTrue(written.contains(" not finished: interrupted.\nElapsed time: "), written);
    }
  }

  @Test
  void sitecheckShowsABarBesideAFile() throws Exception {
    try (HttpServer server = GenreServer.start(SLOW)) {
      String sites =
          IntStream.range(0, 500)
              .mapToObj(i -> server.uri() + "/" + i)
              .collect(Collectors.joining(" "));
      String written = interruptedBesideAFile("/500 (", ("sitecheck -m1 " + sites).split(" "));
      assertTrue(written.contains(" not finished: interrupted.\nElapsed time: "), written);
    }
  }

  @Test
  void probeShowsALine() throws Exception {
    try (DnsServer server =
        DnsServer.start(DnsServerSettings.onLoopback(Zones.ofNames(List.of("a.dev"))))) {
      String shown =
          interrupted(
              "1 done", "probe", "-r", server.hostAndPort(), "-o", folder() + "/results", "-");
      assertTrue(shown.contains("1 done: 1 found, "), shown);
      assertTrue(shown.strip().endsWith(", interrupted"), shown);
      assertEquals(1, Files.readAllLines(folder.resolve("results")).size());
    }
  }

  @Test
  void blogdomPrintsItsLastLine() throws Exception {
    DnsFaults slow = DnsFaults.NONE.withDelay(DelayRange.parse("100ms"));
    try (DnsServer server =
        DnsServer.start(
            DnsServerSettings.onLoopback(Zones.ofNames(List.of("a.dev"))).withFaults(slow))) {
      Path words = files.resolve("words");
      Files.write(words, IntStream.range(0, 9_999).mapToObj(i -> "n" + i).toList());
      String shown =
          interrupted(
              "  n", "blogdom", "--max-length=9", "--words=" + words, "-r" + server.hostAndPort());
      assertTrue(shown.contains("Elapsed time: "), shown);
    }
  }

  @Test
  void ledgerShowsALine() throws Exception {
    assertLedgerIsInterrupted("1 done", "--batch", "1");
  }

  @Test
  void ledgerShowsItsLineBeforeTheFirstBatchIsFull() throws Exception {
    assertLedgerIsInterrupted("0 done");
  }

  private void assertLedgerIsInterrupted(String text, String... options) throws Exception {
    try (DnsServer server =
        DnsServer.start(DnsServerSettings.onLoopback(Zones.ofNames(List.of("a.dev"))))) {
      List<String> arguments = new ArrayList<>(List.of("ledger", "record", "--db"));
      arguments.add("r2dbc:h2:file:///" + folder() + "/ledger");
      arguments.addAll(List.of(options));
      arguments.addAll(List.of("-r", server.hostAndPort(), "-"));
      String shown = interrupted(text, arguments.toArray(String[]::new));
      assertTrue(shown.strip().endsWith(", interrupted"), shown);
    }
  }

  @Test
  void aSecondCtrlCEndsTheProcessAtOnce() throws Exception {
    try (PseudoTerminal terminal = PseudoTerminal.startMain(NeverEnds.class)) {
      terminal.await("ready");
      terminal.pressCtrlC();
      terminal.await("first");
      terminal.pressCtrlC();
      terminal.rest();
      assertEquals(130, terminal.exitStatus());
    }
  }

  /** After the first Ctrl-C it waits for ever. */
  static final class NeverEnds {
    private NeverEnds() {}

    public static void main(String[] args) throws InterruptedException {
      CountDownLatch never = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitQuietly(never)));
      try (CtrlC ctrlC = CtrlC.watch()) {
        System.out.println("ready");
        ctrlC.pressed().blockingSubscribe();
        System.out.println("first");
        never.await();
      }
    }

    private static void awaitQuietly(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Presses Ctrl-C when the terminal shows this text; returns all that it has shown. */
  private static String interrupted(String text, String... arguments)
      throws IOException, InterruptedException {
    try (PseudoTerminal terminal = PseudoTerminal.start(arguments)) {
      if (arguments[arguments.length - 1].equals("-")) {
        terminal.type("a.dev\n");
      }
      terminal.await(text);
      terminal.pressCtrlC();
      String shown = terminal.rest();
      assertEquals(130, terminal.exitStatus(), shown);
      return shown;
    }
  }

  /** The same with standard output in a file; returns what was written to it. */
  private String interruptedBesideAFile(String text, String... arguments) throws Exception {
    Path file = files.resolve("output");
    try (PseudoTerminal terminal = PseudoTerminal.startInto(file, arguments)) {
      terminal.await(text);
      terminal.pressCtrlC();
      String shown = terminal.rest();
      assertEquals(130, terminal.exitStatus(), shown);
    }
    return Files.readString(file);
  }

  private String folder() {
    return folder.toString();
  }

  private List<Path> filesNotEndingWith(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.toString().endsWith(suffix)).toList();
    }
  }
}
