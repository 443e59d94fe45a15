package dev.sluice.samples.servers.dns;

import static dev.sluice.samples.servers.dns.DnsPackets.bytes;
import static dev.sluice.samples.servers.dns.DnsPackets.overTcp;
import static dev.sluice.samples.servers.dns.DnsPackets.overUdp;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The answers to queries, byte by byte. Over 200 lines, because each message is written out. */
@Timeout(30)
class DnsServerTest {
  private static final String ZONE =
      """
      $TTL 60
      $ORIGIN dev.
      @       IN SOA ns mail ( 1 2 3 4 5 ) ; numbers in one line
      @       NS   ns
      for     300 IN A 192.0.2.1
              IN A 192.0.2.2
      six     AAAA 2001:db8::1
      is      CNAME for
      away    CNAME elsewhere.org.
      loop    CNAME loop
      old     DNAME new
      x.new   A 192.0.2.3
      *.wild  A 192.0.2.4
      deep.er TXT "some text" more
      mx      MX 10 mail
      de      TXT grüß
      """;
  private static final String SOA =
      "0006 0001 0000003C 0026 02'ns'03'dev'00 04'mail'03'dev'00"
          + " 00000001 00000002 00000003 00000004 00000005";

  @SuppressWarnings("NullAway.Init")
  private DnsServer server;

  @BeforeEach
  void start() throws IOException {
    server = DnsServer.start(DnsServerSettings.onLoopback(Zones.parse(ZONE)));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void answersWithAllAddressesAndCopiesTheQuestion() throws IOException {
    String question = "03'FoR'03'dEv'00 0001 0001";
    String records = "C00C 0001 0001 0000012C 0004 C0000201 C00C 0001 0001 0000012C 0004 C0000202";
    assertAnswer(
        "1234 0100 0001 0000 0000 0000" + question,
        "1234 8580 0001 0002 0000 0000" + question + records);
  }

  @Test
  void answersOverTcpToo() throws IOException {
    String question = "03'six'03'dev'00 001C 0001";
    byte[] answer = overTcp(server.address(), bytes("0001 0000 0001 0000 0000 0000" + question));
    assertBytes(
        "0001 8480 0001 0001 0000 0000"
            + question
            + "C00C 001C 0001 0000003C 0010 20010DB8000000000000000000000001",
        answer);
  }

  @Test
  void answersNxdomainForAMissingName() throws IOException {
    String question = "02'no'03'dev'00 0001 0001";
    assertAnswer(
        "0002 0100 0001 0000 0000 0000" + question,
        "0002 8583 0001 0000 0001 0000" + question + "C00F" + SOA);
  }

  @Test
  void answersNoDataForAMissingType() throws IOException {
    String question = "03'six'03'dev'00 0001 0001";
    assertAnswer(
        "0003 0100 0001 0000 0000 0000" + question,
        "0003 8580 0001 0000 0001 0000" + question + "C010" + SOA);
  }

  @Test
  void anEmptyNonTerminalExists() throws IOException {
    assertEquals("8580 0000 0001", verdict("02'er'03'dev'00 0001"));
  }

  @Test
  void followsAnAlias() throws IOException {
    String question = "02'is'03'dev'00 0001 0001";
    assertAnswer(
        "0004 0100 0001 0000 0000 0000" + question,
        "0004 8580 0001 0003 0000 0000"
            + question
            + "C00C 0005 0001 0000003C 0009 03'for'03'dev'00"
            + "C024 0001 0001 0000012C 0004 C0000201 C024 0001 0001 0000012C 0004 C0000202");
  }

  @Test
  void stopsAtAnAliasIntoAnotherZone() throws IOException {
    assertEquals("8580 0001 0000", verdict("04'away'03'dev'00 0001"));
  }

  @Test
  void answersServfailForALoopOfAliases() throws IOException {
    assertEquals("8582 0008 0000", verdict("04'loop'03'dev'00 0001"));
  }

  @Test
  void substitutesBelowADname() throws IOException {
    String question = "01'x'03'old'03'dev'00 0001 0001";
    assertAnswer(
        "0005 0100 0001 0000 0000 0000" + question,
        "0005 8580 0001 0003 0000 0000"
            + question
            + "C00E 0027 0001 0000003C 0009 03'new'03'dev'00"
            + "C00C 0005 0001 00000000 000B 01'x'03'new'03'dev'00"
            + "C03C 0001 0001 0000003C 0004 C0000203");
  }

  @Test
  void answersFromAWildcard() throws IOException {
    assertEquals("8580 0001 0000", verdict("03'any'04'wild'03'dev'00 0001"));
    assertEquals("8580 0000 0001", verdict("04'wild'03'dev'00 0001"));
    assertEquals("8583 0000 0001", verdict("05'other'03'dev'00 0001"));
  }

  @Test
  void answersWithTexts() throws IOException {
    String question = "04'deep'02'er'03'dev'00 0010 0001";
    assertAnswer(
        "0006 0100 0001 0000 0000 0000" + question,
        "0006 8580 0001 0001 0000 0000"
            + question
            + "C00C 0010 0001 0000003C 000F 09'some text'04'more'");
  }

  @Test
  void answersTypesThatItDoesNotInterpret() throws IOException {
    String question = "02'mx'03'dev'00 000F 0001";
    assertAnswer(
        "0006 0100 0001 0000 0000 0000" + question,
        "0006 8580 0001 0001 0000 0000"
            + question
            + "C00C 000F 0001 0000003C 000C 000A 04'mail'03'dev'00");
  }

  @Test
  void servesTextsOutsideAsciiInUtf8() throws IOException {
    String question = "02'de'03'dev'00 0010 0001";
    assertAnswer(
        "0006 0100 0001 0000 0000 0000" + question,
        "0006 8580 0001 0001 0000 0000"
            + question
            + "C00C 0010 0001 0000003C 0007 06 6772C3BC C39F");
  }

  @Test
  void refusesNamesOutsideItsZones() throws IOException {
    assertEquals("8585 0000 0000", verdict("03'for'03'org'00 0001"));
  }

  @Test
  void answersSeveralQueriesOfOneConnection() throws IOException {
    byte[] question = bytes("0007 0000 0001 0000 0000 0000 03'for'03'dev'00 0001 0001");
    try (Socket socket = DnsPackets.connect(server.address())) {
      DnsPackets.send(socket, question);
      DnsPackets.send(socket, question);
      byte[] first = DnsPackets.receive(socket);
      assertArrayEquals(first, DnsPackets.receive(socket));
      socket.getOutputStream().write(0);
      socket.getOutputStream().write(question.length);
      socket.getOutputStream().write(question);
      assertArrayEquals(first, DnsPackets.receive(socket));
    }
  }

  @Test
  void freesItsPortWhenClosed() throws IOException {
    server.close();
    int port = server.address().getPort();
    DnsServerSettings same = DnsServerSettings.onLoopback(Zones.parse(ZONE)).withPort(port);
    try (DnsServer again = DnsServer.start(same)) {
      assertTrue(again.hostAndPort().endsWith(":" + port));
    }
  }

  private void assertAnswer(String question, String answer) throws IOException {
    assertBytes(answer, overUdp(server.address(), bytes(question)));
  }

  private static void assertBytes(String expected, byte[] actual) {
    HexFormat hex = HexFormat.of();
    assertEquals(hex.formatHex(bytes(expected)), hex.formatHex(actual));
  }

  /** Flags, and how many records the answer and authority sections have. */
  private String verdict(String nameAndType) throws IOException {
    byte[] answer =
        overUdp(server.address(), bytes("0001 0100 0001 0000 0000 0000" + nameAndType + " 0001"));
    HexFormat hex = HexFormat.of().withUpperCase();
    return hex.formatHex(answer, 2, 4)
        + " "
        + hex.formatHex(answer, 6, 8)
        + " "
        + hex.formatHex(answer, 8, 10);
  }
}
