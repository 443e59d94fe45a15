package dev.sluice.samples.servers.dns;

import static dev.sluice.samples.servers.dns.DnsPackets.bytes;
import static dev.sluice.samples.servers.dns.DnsPackets.overTcp;
import static dev.sluice.samples.servers.dns.DnsPackets.overUdp;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.samples.servers.http.DelayRange;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Malformed messages of clients, and faults made on purpose. Over 200 lines, because each message
 * is written out.
 */
@Timeout(30)
class DnsFaultsTest {
  private static final Zones ZONES = Zones.ofNames(List.of("for.dev"));
  private static final String QUESTION = "03'for'03'dev'00 0001 0001";
  private static final String OPT = "00 0029 04D0 00000000 0000";

  @Test
  void derivesAnAddressForANameOfAList() throws IOException {
    try (DnsServer server = start(DnsFaults.NONE)) {
      String answer = hex(overUdp(server.address(), query("0001 0000 0000 0000", "")));
      assertEquals(hex("C00C 0001 0001 0000012C 0004 0A"), answer.substring(50, 76));
    }
  }

  @Test
  void answersEdnsWithEdns() throws IOException {
    try (DnsServer server = start(DnsFaults.NONE)) {
      byte[] answer = overUdp(server.address(), query("0001 0000 0000 0001", OPT));
      assertEquals(hex("8480 0001 0001 0000 0001"), hex(answer).substring(4, 24));
      assertEquals(hex("00 0029 1000 00000000 0000"), hex(answer).substring(82));
    }
  }

  @Test
  void answersOtherEdnsVersionsWithBadvers() throws IOException {
    try (DnsServer server = start(DnsFaults.NONE)) {
      String opt = "00 0029 04D0 00010000 0000";
      byte[] answer = overUdp(server.address(), query("0001 0000 0000 0001", opt));
      assertEquals(
          hex("8480 0001 0000 0000 0001" + QUESTION + "00 0029 1000 01000000 0000"),
          hex(answer).substring(4));
    }
  }

  @Test
  void truncatesALongAnswerOverUdpAndSendsItWholeOverTcp() throws IOException {
    StringBuilder zone = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      zone.append("for.dev A 192.0.2.").append(i).append('\n');
    }
    try (DnsServer server =
        DnsServer.start(DnsServerSettings.onLoopback(Zones.parse(zone.toString())))) {
      byte[] plain = query("0001 0000 0000 0000", "");
      assertEquals(
          hex("8680 0001 0000 0000 0000" + QUESTION),
          hex(overUdp(server.address(), plain)).substring(4));
      assertEquals(25 + 60 * 16, overTcp(server.address(), plain).length);
      byte[] edns = query("0001 0000 0000 0001", OPT);
      assertEquals(25 + 60 * 16 + 11, overUdp(server.address(), edns).length);
    }
  }

  @Test
  void truncatesOverTcpWhatExceedsAMessage() throws IOException {
    StringBuilder zone = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      zone.append("for.dev A 10.0.").append(i / 250).append('.').append(i % 250).append('\n');
    }
    try (DnsServer server =
        DnsServer.start(DnsServerSettings.onLoopback(Zones.parse(zone.toString())))) {
      byte[] answer = overTcp(server.address(), query("0001 0000 0000 0000", ""));
      assertEquals(hex("8680 0001 0000 0000 0000" + QUESTION), hex(answer).substring(4));
    }
  }

  @Test
  void truncatesOnRequest() throws IOException {
    try (DnsServer server = start(DnsFaults.NONE.withTruncation(1))) {
      byte[] plain = query("0001 0000 0000 0000", "");
      assertEquals("8680", hex(overUdp(server.address(), plain)).substring(4, 8));
      assertEquals("8480", hex(overTcp(server.address(), plain)).substring(4, 8));
    }
  }

  @Test
  void answersWithAnRcodeOnRequest() throws IOException {
    try (DnsServer server = start(DnsFaults.NONE.withRcode(Rcode.SERVFAIL, 1))) {
      byte[] answer = overUdp(server.address(), query("0001 0000 0000 0000", ""));
      assertEquals(hex("8482 0001 0000 0000 0000" + QUESTION), hex(answer).substring(4));
    }
  }

  @Test
  void losesTheSameQueriesForTheSameSeed() throws IOException {
    List<Integer> answered = answered(7);
    assertEquals(answered, answered(7));
    assertEquals(true, answered.size() > 20 && answered.size() < 80, answered::toString);
  }

  @Test
  void delaysAnswersAndLosesNone() throws IOException {
    DnsFaults slow = DnsFaults.NONE.withDelay(DelayRange.parse("1ms..20ms")).withSeed(3);
    try (DnsServer server = start(slow);
        DatagramSocket socket = socket(server)) {
      List<String> ids = new ArrayList<>();
      for (int id = 0; id < 50; id++) {
        DnsPackets.send(socket, withId(id));
      }
      for (int id = 0; id < 50; id++) {
        ids.add(hex(DnsPackets.receive(socket)).substring(0, 4));
      }
      assertEquals(50, ids.stream().distinct().count());
      assertArrayEquals(overUdp(server.address(), withId(1)), overTcp(server.address(), withId(1)));
    }
  }

  @Test
  void refusesMalformedMessages() throws IOException {
    try (DnsServer server = start(DnsFaults.NONE)) {
      assertEquals("8481", flags(server, "0000 0002 0000 0000 0000" + QUESTION + QUESTION));
      assertEquals("8481", flags(server, "0000 0001 0000 0000 0000 C00C 0001 0001"));
      assertEquals("8481", flags(server, "0000 0001 0000 0000 0000 03'for'"));
      assertEquals("8481", flags(server, "0000 0001 0000 0000 0001" + QUESTION));
      assertEquals("a484", flags(server, "2000 0001 0000 0000 0000" + QUESTION));
      assertEquals("8485", flags(server, "0000 0001 0000 0000 0000 03'for'03'dev'00 0001 0003"));
    }
  }

  @Test
  void ignoresResponsesAndSurvivesDamagedQueries() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    try (DnsServer server = start(DnsFaults.NONE);
        DatagramSocket socket = socket(server)) {
      DnsPackets.send(socket, new byte[0]);
      DnsPackets.send(socket, bytes("0002 8000 0001 0000 0000 0000" + QUESTION));
      for (int i = 0; i < 2_000; i++) {
        byte[] noise = withId(9);
        for (int change = 0; change < 3; change++) {
          noise[3 + random.nextInt(noise.length - 3)] = (byte) random.nextInt(256);
        }
        // Damaged messages that became responses are ignored; the others are answered.
        DnsPackets.send(socket, noise);
      }
      byte[] answer = overUdp(server.address(), withId(1));
      assertEquals("0001", hex(answer).substring(0, 4));
    }
  }

  @Test
  void closesAConnectionAfterAMalformedMessage() throws IOException {
    try (DnsServer server = start(DnsFaults.NONE)) {
      byte[] answer = bytes("0002 8000 0001 0000 0000 0000" + QUESTION);
      assertThrows(IOException.class, () -> overTcp(server.address(), answer));
      assertThrows(IOException.class, () -> overTcp(server.address(), new byte[60_000]));
      assertEquals("0001", hex(overTcp(server.address(), withId(1))).substring(0, 4));
    }
  }

  private static List<Integer> answered(long seed) throws IOException {
    try (DnsServer server = start(DnsFaults.NONE.withLoss(0.5).withSeed(seed));
        DatagramSocket socket = socket(server)) {
      for (int id = 0; id < 100; id++) {
        DnsPackets.send(socket, withId(id));
      }
      // A query over TCP is never lost, and it is answered after the earlier ones.
      overTcp(server.address(), withId(1));
      List<Integer> answered = new ArrayList<>();
      socket.setSoTimeout(50);
      try {
        while (true) {
          answered.add(DnsPackets.receive(socket)[1] & 0xFF);
        }
      } catch (SocketTimeoutException e) {
        return answered;
      }
    }
  }

  private static DnsServer start(DnsFaults faults) throws IOException {
    return DnsServer.start(DnsServerSettings.onLoopback(ZONES).withFaults(faults));
  }

  private static DatagramSocket socket(DnsServer server) throws IOException {
    DatagramSocket socket = new DatagramSocket();
    socket.setSoTimeout(10_000);
    socket.connect(server.address());
    return socket;
  }

  private static byte[] withId(int id) {
    byte[] query = query("0001 0000 0000 0000", "");
    query[1] = (byte) id;
    return query;
  }

  private static byte[] query(String counts, String behind) {
    return bytes("0000 0000" + counts + QUESTION + behind);
  }

  private static String flags(DnsServer server, String behindId) throws IOException {
    return hex(overUdp(server.address(), bytes("0005" + behindId))).substring(4, 8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String hex(String bytes) {
    return hex(bytes(bytes));
  }
}
