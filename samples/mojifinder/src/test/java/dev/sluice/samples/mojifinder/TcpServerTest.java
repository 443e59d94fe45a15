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
  private final AccessLog accessLog = new AccessLog(new PrintWriter(log));
  private final List<RawClient> clients = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private TcpServer server;

  @BeforeEach
  void start() throws IOException {
    server = TcpServer.start(INDEX, accessLog, ListenSettings.onLoopback());
  }

  @AfterEach
  void close() throws IOException {
    for (RawClient each : clients) {
      each.close();
    }
    server.close();
    accessLog.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lamp\n", "lamp\r\n", "  LAMP \n", "-lamp-\n", "\tlamp\n"})
  void answersALineWithTheResult(String line) throws IOException {
    RawClient client = connect();
    assertEquals("", client.read());
    assertEquals(LAMPS, client.send(line).read());
    assertEquals(LAMPS, client.send(line).read());
  }

  @Test
  void sendsOnlyThePromptAfterAnEmptyLine() throws IOException {
    RawClient client = connect();
    client.read();
    assertEquals("", client.send("\r\n").read());
    assertEquals("─".repeat(66) + " 0 found\r\n", client.send("brillig\n").read());
  }

  @Test
  void acceptsALineThatArrivesByteByByte() throws IOException {
    RawClient client = connect();
    client.read();
    byte[] line = "lamp –\n".getBytes(UTF_8);
    for (byte each : line) {
      client.send(new byte[] {each});
    }
    assertTrue(client.read().endsWith(" 0 found\r\n"));
  }

  @Test
  void answersEveryLineSentBeforeTheInputWasClosed() throws IOException {
    RawClient client = connect().send("lamp\n".repeat(5_000)).finishSending();
    assertEquals("?> " + (LAMPS + "?> ").repeat(5_000), client.readAll());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lamp", "lamp\r", "cat lamp\nlamp", "  lamp  "})
  void answersALastLineWithoutLineEnd(String lines) throws IOException {
    String all = connect().send(lines).finishSending().readAll();
    assertTrue(all.endsWith("?> " + LAMPS + "?> "), all);
  }

  @Test
  void checksALastLineWithoutLineEndAsAnyOther() throws IOException {
    assertEquals("?> ", connect().finishSending().readAll());
    assertEquals("?> ?> ", connect().send(" \t").finishSending().readAll());
    assertEquals(
        "?> A query may have at most 1024 bytes.\r\n?> ",
        connect().send("a".repeat(1025)).finishSending().readAll());
    assertEquals(
        "?> The line is not UTF-8. Goodbye.\r\n",
        connect().send(new byte[] {'a', (byte) 0xC3}).finishSending().readAll());
    assertEquals("?> ", connect().send("lamp\u0003").finishSending().readAll());
  }

  @Test
  void completesALongAnswerAfterTheInputWasClosed() throws IOException {
    String all = connect().send("ideograph\n").finishSending().readAll();
    int count = INDEX.search("ideograph").count();
    assertTrue(all.endsWith(" " + count + " found\r\n?> "), () -> all.substring(all.length() - 99));
    assertEquals(count + 2, all.lines().count());
  }

  @Test
  void completesManyLongAnswersAfterTheInputWasClosed() throws IOException {
    String all = connect().send("ideograph\n".repeat(50)).finishSending().readAll();
    assertEquals(50, all.lines().filter(line -> line.endsWith(" found")).count());
  }

  @Test
  void answersOthersWhileSomeClientsQueryWithoutPause() throws Exception {
    List<Thread> busy = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RawClient client = connect();
      byte[] questions = "ideograph\n".repeat(100_000).getBytes(UTF_8);
      busy.add(new Thread(() -> client.exchange(questions)));
      busy.get(i).start();
    }
    for (int i = 0; i < 20; i++) {
      RawClient client = connect();
      client.read();
      assertEquals(LAMPS, client.send("lamp\n").read());
    }
    assertTrue(busy.stream().allMatch(Thread::isAlive));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u0003", "\u0004\n", "cat\u0000", "lamp\u001b\n", "\u007f", "cat\u0085\n"})
  void endsTheSessionAtAControlCharacter(String text) throws IOException {
    assertEquals("?> ", connect().send(text).readAll());
  }

  @Test
  void endsTheSessionAtBytesThatAreNotUtf8() throws IOException {
    byte[] telnetInterrupt = {(byte) 0xFF, (byte) 0xF4, '\n'};
    assertEquals(
        "?> The line is not UTF-8. Goodbye.\r\n", connect().send(telnetInterrupt).readAll());
  }

  @Test
  void refusesATooLongLineAndContinues() throws IOException {
    RawClient client = connect();
    client.read();
    assertEquals(
        "A query may have at most 1024 bytes.\r\n", client.send("a".repeat(1025) + "\n").read());
    assertTrue(client.send("b".repeat(1024) + "\r\n").read().endsWith(" 0 found\r\n"));
    assertEquals(LAMPS, client.send("lamp\n").read());
  }

  @Test
  void endsTheSessionAtAnEndlessLine() throws IOException {
    RawClient client = connect();
    client.read();
    assertEquals(
        "The line is too long. Goodbye.\r\n",
        client.send("a".repeat(LineDecoder.MAX_SKIPPED + 1)).readAll());
  }

  @Test
  void closesIdleConnections() throws IOException {
    Duration timeout = Duration.ofMillis(50);
    try (TcpServer impatient =
        TcpServer.start(INDEX, accessLog, ListenSettings.onLoopback().withIdleTimeout(timeout))) {
      try (RawClient client = RawClient.connect(impatient.port())) {
        assertEquals("?> ", client.readAll());
      }
    }
  }

  @Test
  void answersAThousandClients() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      connect().send("lamp\n");
    }
    for (RawClient each : clients) {
      assertEquals("", each.read());
      assertEquals(LAMPS, each.read());
    }
  }

  @Test
  void answersOthersWhileAThousandClientsDoNotRead() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      connect().send("ideograph\n".repeat(20));
    }
    RawClient client = connect();
    client.read();
    assertEquals(LAMPS, client.send("lamp\n").read());
  }

  @Test
  void closesTheListenerAndThenTheClients() throws IOException {
    RawClient client = connect();
    client.read();
    int port = server.port();
    server.close();
    assertEquals("", client.readAll());
    assertThrows(IOException.class, () -> RawClient.connect(port));
  }

  @Test
  void completesTheCurrentAnswerAfterTheListenerIsClosed() throws Exception {
    RawClient reader = connect().send("ideograph\n");
    reader.read();
    // A query that the server has not read yet gets no answer.
    reader.awaitInput();
    int port = server.port();
    CompletableFuture<Void> end = CompletableFuture.runAsync(server::close);
    RawClient.awaitRefused(port);
    String answer = reader.readAll();
    assertTrue(answer.endsWith(" found\r\n?> "), () -> answer.substring(answer.length() - 99));
    end.get();
  }

  @Test
  void closesTheListenerAtOnceWhileAThousandClientsDoNotRead() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      connect().send("ideograph\n".repeat(20));
    }
    int port = server.port();
    CompletableFuture<Void> end = CompletableFuture.runAsync(server::close);
    RawClient.awaitRefused(port);
    assertFalse(end.isDone());
    end.get();
  }

  @Test
  void endsWithinTheGracePeriodWhileAThousandClientsDoNotRead() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      connect().send("ideograph\n".repeat(20));
    }
    int port = server.port();
    server.close();
    assertThrows(IOException.class, () -> RawClient.connect(port));
  }

  @Test
  void logsConnectionsAndQueries() throws IOException {
    String client = connect().send("lamp\n\u202Ex\n").finishSending().readAll();
    assertTrue(client.contains(" 2 found"));
    server.close();
    accessLog.close();
    String[] lines = log.toString().split("\\R", -1);
    assertTrue(lines[0].matches("127\\.0\\.0\\.1:\\d+ connected, 1 in all"), log::toString);
    assertTrue(lines[1].endsWith(" \"lamp\": 2 found"), log::toString);
    assertTrue(lines[2].endsWith(" \"<U+202E>x\": 0 found"), log::toString);
    assertTrue(lines[3].endsWith(" left after 2 queries, 0 in all"), log::toString);
  }

  private RawClient connect() throws IOException {
    RawClient client = RawClient.connect(server.port());
    clients.add(client);
    return client;
  }
}
