package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpServerTest {
  private static final CharIndex INDEX = CharIndex.ofUnicode();
  private static final String LAMPS =
      "U+1F6CB\t🛋\tCOUCH AND LAMP\r\nU+1FA94\t🪔\tDIYA LAMP\r\n" + "─".repeat(66) + " 2 found\r\n";

  private final StringWriter log = new StringWriter();
  private final AccessLog journal = new AccessLog(new PrintWriter(log));
  private final List<RawClient> crowd = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private TcpServer server;

  @BeforeEach
  void start() throws IOException {
    server = TcpServer.start(INDEX, journal, TcpServer.Settings.onLoopback());
  }

  @AfterEach
  void close() throws IOException {
    for (RawClient each : crowd) {
      each.close();
    }
    server.close();
    journal.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lamp\n", "lamp\r\n", "  LAMP \n", "-lamp-\n", "\tlamp\n"})
  void answersALineWithWhatItFound(String line) throws IOException {
    RawClient caller = call();
    assertEquals("", caller.read());
    assertEquals(LAMPS, caller.send(line).read());
    assertEquals(LAMPS, caller.send(line).read());
  }

  @Test
  void asksAgainAfterAnEmptyLine() throws IOException {
    RawClient caller = call();
    caller.read();
    assertEquals("", caller.send("\r\n").read());
    assertEquals("─".repeat(66) + " 0 found\r\n", caller.send("brillig\n").read());
  }

  @Test
  void putsALineTogetherThatComesInPieces() throws IOException {
    RawClient caller = call();
    caller.read();
    byte[] line = "lamp –\n".getBytes(UTF_8);
    for (byte each : line) {
      caller.send(new byte[] {each});
    }
    assertTrue(caller.read().endsWith(" 0 found\r\n"));
  }

  @Test
  void answersEveryLineThatWasSentBeforeTheEnd() throws IOException {
    RawClient caller = call().send("lamp\n".repeat(5_000)).finishSending();
    assertEquals("?> " + (LAMPS + "?> ").repeat(5_000), caller.readAll());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lamp", "lamp\r", "cat lamp\nlamp", "  lamp  "})
  void answersALastLineThatHasNoEnd(String lines) throws IOException {
    String all = call().send(lines).finishSending().readAll();
    assertTrue(all.endsWith("?> " + LAMPS + "?> "), all);
  }

  @Test
  void refusesALastLineThatHasNoEndAndIsNoQuery() throws IOException {
    assertEquals("?> ", call().finishSending().readAll());
    assertEquals("?> ?> ", call().send(" \t").finishSending().readAll());
    assertEquals(
        "?> A query may have 1024 bytes.\r\n?> ",
        call().send("a".repeat(1025)).finishSending().readAll());
    assertEquals(
        "?> That is not UTF-8. Goodbye.\r\n",
        call().send(new byte[] {'a', (byte) 0xC3}).finishSending().readAll());
    assertEquals("?> ", call().send("lamp\u0003").finishSending().readAll());
  }

  @Test
  void finishesALongAnswerForWhoHasStoppedSending() throws IOException {
    String all = call().send("ideograph\n").finishSending().readAll();
    int count = INDEX.search("ideograph").count();
    assertTrue(all.endsWith(" " + count + " found\r\n?> "), () -> all.substring(all.length() - 99));
    assertEquals(count + 2, all.lines().count());
  }

  @Test
  void finishesManyLongAnswersForWhoHasStoppedSending() throws IOException {
    String all = call().send("ideograph\n".repeat(50)).finishSending().readAll();
    assertEquals(50, all.lines().filter(line -> line.endsWith(" found")).count());
  }

  @Test
  void whoAsksWithoutEndAndReadsAsFastLetsOthersHaveTheirTurn() throws Exception {
    List<Thread> greedy = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RawClient caller = call();
      byte[] questions = "ideograph\n".repeat(100_000).getBytes(UTF_8);
      greedy.add(new Thread(() -> caller.exchange(questions)));
      greedy.get(i).start();
    }
    for (int i = 0; i < 20; i++) {
      RawClient caller = call();
      caller.read();
      assertEquals(LAMPS, caller.send("lamp\n").read());
    }
    assertTrue(greedy.stream().allMatch(Thread::isAlive));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u0003", "\u0004\n", "cat\u0000", "lamp\u001b\n", "\u007f", "cat\u0085\n"})
  void closesAtAControlCharacter(String text) throws IOException {
    assertEquals("?> ", call().send(text).readAll());
  }

  @Test
  void closesPolitelyAtBytesThatAreNotUtf8() throws IOException {
    byte[] telnetInterrupt = {(byte) 0xFF, (byte) 0xF4, '\n'};
    assertEquals("?> That is not UTF-8. Goodbye.\r\n", call().send(telnetInterrupt).readAll());
  }

  @Test
  void refusesALineThatIsTooLongAndGoesOn() throws IOException {
    RawClient caller = call();
    caller.read();
    assertEquals("A query may have 1024 bytes.\r\n", caller.send("a".repeat(1025) + "\n").read());
    assertTrue(caller.send("b".repeat(1024) + "\r\n").read().endsWith(" 0 found\r\n"));
    assertEquals(LAMPS, caller.send("lamp\n").read());
  }

  @Test
  void givesUpOnALineWithoutEnd() throws IOException {
    RawClient caller = call();
    caller.read();
    assertEquals(
        "That line has no end. Goodbye.\r\n",
        caller.send("a".repeat(LineDecoder.MAX_SKIPPED + 1)).readAll());
  }

  @Test
  void sendsAwayWhoIsIdle() throws IOException {
    Duration soon = Duration.ofMillis(50);
    try (TcpServer hasty =
        TcpServer.start(INDEX, journal, TcpServer.Settings.onLoopback().withIdleTimeout(soon))) {
      try (RawClient caller = RawClient.of(hasty.port())) {
        assertEquals("?> ", caller.readAll());
      }
    }
  }

  @Test
  void answersAThousandAtOnce() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      call().send("lamp\n");
    }
    for (RawClient each : crowd) {
      assertEquals("", each.read());
      assertEquals(LAMPS, each.read());
    }
  }

  @Test
  void aThousandWhoDoNotReadHoldUpNobody() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      call().send("ideograph\n".repeat(20));
    }
    RawClient caller = call();
    caller.read();
    assertEquals(LAMPS, caller.send("lamp\n").read());
  }

  @Test
  void closesTheDoorThenTheClients() throws IOException {
    RawClient caller = call();
    caller.read();
    int port = server.port();
    server.close();
    assertEquals("", caller.readAll());
    assertThrows(IOException.class, () -> RawClient.of(port));
  }

  @Test
  void whoIsInTheMiddleOfAnAnswerGetsItWholeWhenTheDoorIsClosedAlready() throws Exception {
    RawClient reader = call().send("ideograph\n");
    reader.read();
    int port = server.port();
    CompletableFuture<Void> end = CompletableFuture.runAsync(server::close);
    RawClient.awaitClosedDoor(port);
    String answer = reader.readAll();
    assertTrue(answer.endsWith(" found\r\n?> "), () -> answer.substring(answer.length() - 99));
    end.get();
  }

  @Test
  void shutsTheDoorWhileAThousandWhoDoNotReadAreStillThere() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      call().send("ideograph\n".repeat(20));
    }
    int port = server.port();
    CompletableFuture<Void> end = CompletableFuture.runAsync(server::close);
    RawClient.awaitClosedDoor(port);
    assertFalse(end.isDone());
    end.get();
  }

  @Test
  void aThousandWhoDoNotReadHoldUpNoEnd() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      call().send("ideograph\n".repeat(20));
    }
    int port = server.port();
    server.close();
    assertThrows(IOException.class, () -> RawClient.of(port));
  }

  @Test
  void notesWhoComesWhatWasFoundAndWhoGoes() throws IOException {
    String client = call().send("lamp\n\u202Ex\n").finishSending().readAll();
    assertTrue(client.contains(" 2 found"));
    server.close();
    journal.close();
    String[] lines = log.toString().split("\\R", -1);
    assertTrue(lines[0].matches("127\\.0\\.0\\.1:\\d+ connected, 1 in all"), log::toString);
    assertTrue(lines[1].endsWith(" 'lamp': 2 found"), log::toString);
    assertTrue(lines[2].endsWith(" '<U+202E>x': 0 found"), log::toString);
    assertTrue(lines[3].endsWith(" left after 2 queries, 0 in all"), log::toString);
  }

  private RawClient call() throws IOException {
    RawClient caller = RawClient.of(server.port());
    crowd.add(caller);
    return caller;
  }
}
