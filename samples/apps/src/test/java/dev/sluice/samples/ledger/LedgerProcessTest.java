package dev.sluice.samples.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.Main;
import dev.sluice.samples.apps.Blocking;
import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import dev.sluice.samples.servers.dns.Zones;
import dev.sluice.samples.testing.JavaProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signals and closed pipes, which need a JVM of their own. */
@Timeout(180)
class LedgerProcessTest {
  private static final int NAMES = 50_000;
  private static final int BATCH = 100;

  @TempDir Path folder;

  @Test
  void keepsCompleteBatchesAfterSigkillAndContinues() throws Exception {
    try (DnsServer server =
        DnsServer.start(DnsServerSettings.onLoopback(Zones.ofNames(List.of("n1.dev"))))) {
      Process killed = record(server);
      feed(killed, NAMES / 2);
      killed.destroyForcibly().waitFor();
      long before = stored().size();
      assertTrue(before > 0 && before < NAMES && before % BATCH == 0, () -> before + " stored");

      Process next = record(server);
      try (BufferedReader out = next.inputReader(UTF_8)) {
        feed(next, NAMES);
        next.getOutputStream().close();
        List<String> said = out.lines().toList();
        assertEquals(
            "continues the last recording: " + before + " names are stored already", said.get(0));
        String last = said.get(said.size() - 1);
        assertTrue(last.startsWith(NAMES - before + " done: "), last);
      }
      assertEquals(0, next.waitFor());
      List<LedgerEntry> stored = stored();
      Set<String> names = new HashSet<>();
      stored.forEach(entry -> names.add(entry.name()));
      assertEquals(NAMES, stored.size());
      assertEquals(NAMES, names.size());
    }
  }

  @Test
  void storesAllOutcomesAfterSigterm() throws Exception {
    try (DnsServer server =
        DnsServer.start(DnsServerSettings.onLoopback(Zones.ofNames(List.of("n1.dev"))))) {
      Process java = record(server);
      feed(java, NAMES / 5);
      java.toHandle().destroy();
      String last;
      try (BufferedReader out = java.inputReader(UTF_8)) {
        last = out.lines().reduce("", (before, line) -> line);
      }
      assertTrue(last.endsWith(", interrupted"), last);
      assertEquals(128 + 15, java.waitFor());
      assertTrue(last.startsWith(stored().size() + " done: "), last);
    }
  }

  @Test
  void saysThatAnotherProcessUsesTheDatabase() throws Exception {
    DatabaseUrl place = DatabaseUrl.parse(url());
    try (Ledger held = Blocking.value(Ledger.make(place))) {
      LedgerContract.store(held, "source", LedgerContract.numbered(0, 1));
      Process java = ledger("show");
      try (BufferedReader out = java.inputReader(UTF_8)) {
        assertEquals(
            "sluice ledger show: " + place + ": in use by another process", out.readLine());
      }
      assertEquals(1, java.waitFor());
    }
  }

  @Test
  @Tag("slow")
  void showsAMillionRowsInLittleMemory() throws Exception {
    fillWithAMillion();
    Process java = ledger("-Xmx64m", "show");
    try (BufferedReader out = java.inputReader(UTF_8)) {
      assertEquals(1_000_000, out.lines().filter(line -> line.contains(" + n")).count());
    }
    assertEquals(0, java.waitFor());
    Process diff = ledger("-Xmx64m", "diff");
    try (BufferedReader out = diff.inputReader(UTF_8)) {
      assertEquals(0, out.lines().count());
    }
    assertEquals(0, diff.waitFor());
  }

  private void fillWithAMillion() throws IOException {
    DatabaseUrl place = DatabaseUrl.parse(url());
    Blocking.value(Ledger.make(place)).close();
    Sql fill =
        Sql.of(
            "INSERT INTO outcome (recording, "
                + EntryRows.COLUMNS
                + ") SELECT 1, 'n' || X || '.dev', 'found', '192.0.2.1', CURRENT_TIMESTAMP, 1, ''"
                + " FROM SYSTEM_RANGE(1, $1)",
            1_000_000);
    Sql counted =
        Sql.of(
            "INSERT INTO recording (source, begun, finished, stored, newest)"
                + " SELECT 'a million', CURRENT_TIMESTAMP, TRUE, COUNT(*), MAX(id) FROM outcome");
    try (Database database = Database.at(place)) {
      Blocking.end(
          database
              .transaction(session -> session.update(fill).concatWith(session.update(counted)))
              .ignoreElements());
    }
  }

  private List<LedgerEntry> stored() throws IOException {
    try (Ledger ledger = Blocking.value(Ledger.existing(DatabaseUrl.parse(url())))) {
      return Blocking.value(ledger.entries(EntryFilter.ALL).toList());
    }
  }

  private Process record(DnsServer server) throws IOException {
    return JavaProcess.start(
        Main.class.getName(),
        "ledger",
        "record",
        "--db",
        url(),
        "--batch",
        "" + BATCH,
        "-r",
        server.hostAndPort(),
        "-");
  }

  private Process ledger(String command) throws IOException {
    return JavaProcess.start(Main.class.getName(), "ledger", command, "--db", url());
  }

  private Process ledger(String option, String command) throws IOException {
    return JavaProcess.start(option, Main.class.getName(), "ledger", command, "--db", url());
  }

  private String url() {
    return "r2dbc:h2:file:///" + folder.resolve("ledger");
  }

  /** Writes names. Returns when the process has read all but the few thousand that a pipe holds. */
  @SuppressWarnings("MustBeClosedChecker")
  private static void feed(Process java, int names) throws IOException {
    BufferedWriter in = java.outputWriter(UTF_8);
    for (int i = 0; i < names; i++) {
      in.write("n" + i + ".dev\n");
    }
    in.flush();
  }
}
