package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.asked;
import static dev.sluice.dns.wire.Packets.hex;
import static dev.sluice.dns.wire.Packets.join;
import static dev.sluice.dns.wire.Packets.name;
import static dev.sluice.dns.wire.Packets.record;
import static dev.sluice.dns.wire.Packets.u16;
import static dev.sluice.dns.wire.Packets.withAuthority;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.dns.DnsException.Reason;
import dev.sluice.dns.wire.MalformedMessageException;
import dev.sluice.dns.wire.Packets;
import dev.sluice.dns.wire.RecordCursor;
import dev.sluice.dns.wire.ResponseKind;
import dev.sluice.dns.wire.ResponseReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses with records that break the rules: none is an answer, and none does harm. */
class MalformedRecordsTest extends UdpFixture {
  private static final byte[] QUERY =
      join(hex("1234 0100 0001 0000 0000 0000"), name("await.dev"), hex("000F 0001"));
  private static final int QUESTION_BYTES = QUERY.length - 12;
  private static final byte[] MX = join(u16(10), name("mail.dev"));
  private static final InetSocketAddress SERVER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);

  @ParameterizedTest
  @MethodSource("corpus")
  void aMalformedResponseIsNoAnswer(byte[] message) {
    assertThrows(MalformedMessageException.class, () -> parse(message));
  }

  static List<byte[]> corpus() {
    byte[] good = Packets.reply(QUERY, 0, mx(MX));
    return List.of(
        // Counts of records that are not there.
        with(good, 7, 2),
        with(good, 9, 1),
        with(good, 6, 0xFF),
        // Lengths beyond the message, beyond the data, and shorter than it.
        Arrays.copyOf(good, good.length - 1),
        Arrays.copyOf(good, 12 + QUESTION_BYTES + 5),
        Packets.reply(QUERY, 0, mx(join(MX, new byte[1]))),
        Packets.reply(QUERY, 0, mx(Arrays.copyOf(MX, MX.length - 1))),
        Packets.reply(QUERY, 0, mx(u16(10))),
        Packets.reply(QUERY, 0, mx(new byte[1])),
        Packets.reply(QUERY, 0, mx(new byte[0])),
        // Names: a pointer to itself, forwards, into the header, two in a circle; a bad label.
        Packets.reply(QUERY, 0, mx(join(u16(10), hex("C02B")))),
        Packets.reply(QUERY, 0, mx(join(u16(10), hex("C0FF")))),
        Packets.reply(QUERY, 0, mx(join(u16(10), hex("C003")))),
        Packets.reply(QUERY, 0, mx(join(u16(10), hex("01 61 C02B")))),
        Packets.reply(QUERY, 0, mx(join(u16(10), hex("40 61 00")))),
        Packets.reply(QUERY, 0, mx(join(u16(10), name("x".repeat(63) + ".y".repeat(100))))),
        // Data of the wrong length.
        Packets.reply(QUERY, 0, record(asked(), Packets.A, new byte[3])),
        Packets.reply(QUERY, 0, record(asked(), Packets.A, new byte[5])),
        Packets.reply(QUERY, 0, record(asked(), Packets.AAAA, new byte[4])),
        Packets.reply(QUERY, 0, record(asked(), Packets.TXT, new byte[0])),
        Packets.reply(QUERY, 0, record(asked(), Packets.TXT, hex("05 61"))),
        Packets.reply(QUERY, 0, record(asked(), Packets.CAA, hex("00 00 61"))),
        Packets.reply(QUERY, 0, record(asked(), Packets.CAA, hex("00 09 61"))),
        Packets.reply(QUERY, 0, record(asked(), Packets.SOA, new byte[21])),
        withAuthority(
            Packets.reply(QUERY, 0),
            record(name("dev"), Packets.SOA, join(new byte[2], hex("00")))),
        // Aliases in a circle, two of one name, a DNAME without its CNAME; records of no name.
        Packets.reply(QUERY, 0, record(asked(), Packets.CNAME, asked())),
        Packets.reply(
            QUERY,
            0,
            record(asked(), Packets.CNAME, name("b.dev")),
            record(name("b.dev"), Packets.CNAME, asked())),
        Packets.reply(
            QUERY,
            0,
            record(asked(), Packets.CNAME, name("b.dev")),
            record(asked(), Packets.CNAME, name("c.dev"))),
        Packets.reply(QUERY, 0, record(name("dev"), Packets.DNAME, name("org"))),
        Packets.reply(QUERY, Packets.NXDOMAIN, mx(MX)));
  }

  /** As addresses are read: octets that no count of the first two sections covers. */
  @Test
  void whatIsBehindTheAuthoritySectionIsIgnored() throws Exception {
    byte[] good = Packets.reply(QUERY, 0, mx(MX));
    for (byte[] message : List.of(with(good, 11, 1), join(good, new byte[1]))) {
      assertEquals(1, parse(message).records().size());
    }
    assertEquals(List.of(), parse(with(good, 7, 0)).records());
  }

  @Test
  void theUnchangedMessageIsRead() throws Exception {
    assertEquals(
        List.of("10 mail.dev."),
        parse(Packets.reply(QUERY, 0, mx(MX))).records().stream().map(DnsRecord::data).toList());
  }

  @Test
  void noChangeOfOctetsDoesHarm() {
    byte[] good =
        withAuthority(
            Packets.reply(
                QUERY,
                0,
                record(asked(), Packets.CNAME, name("b.dev")),
                record(name("b.dev"), Packets.MX, join(u16(10), asked())),
                record(name("b.dev"), Packets.TXT, hex("02 6161 01 61"))),
            record(name("dev"), Packets.SOA, join(asked(), asked(), new byte[20])));
    Random random = new Random(7);
    int answers = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] message =
          Arrays.copyOf(good, random.nextInt(4) > 0 ? good.length : random.nextInt(good.length));
      for (int changes = random.nextInt(4); changes >= 0 && message.length > 0; changes--) {
        message[random.nextInt(message.length)] = (byte) random.nextInt(256);
      }
      answers += isRead(message) ? 1 : 0;
    }
    assertTrue(answers > 1_000 && answers < 150_000, "answers: " + answers);
  }

  @Test
  void aMalformedResponseIsAFailureAfterAllTries() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(received -> received.reply(0, mx(new byte[1])));
        UdpResolver resolver = asking(server)) {
      resolver
          .query(NAME, RecordKind.MX)
          .test()
          .awaitDone(10, SECONDS)
          .assertError(
              e ->
                  e instanceof DnsException failure
                      && failure.reason() == Reason.MALFORMED
                      && String.valueOf(e.getMessage())
                          .contains(
                              "a malformed response (a record that is shorter than its data)"));
      assertEquals(3, server.asked());
    }
  }

  /** Reads as the engine does; only a flaw of the message may be thrown. */
  private static boolean isRead(byte[] message) {
    byte[] roomy = Arrays.copyOf(message, message.length + ResponseReader.SCRATCH_BYTES);
    if (!ResponseReader.answers(
        roomy, message.length, Arrays.copyOfRange(QUERY, 12, QUERY.length))) {
      return false;
    }
    ResponseKind kind =
        new ResponseReader().readRecords(roomy, message.length, QUESTION_BYTES, true);
    try {
      return kind == ResponseKind.RECORDS && parse(message) != null;
    } catch (MalformedMessageException e) {
      return false;
    }
  }

  private static RecordAnswer parse(byte[] message) throws MalformedMessageException {
    RecordCursor cursor = new RecordCursor(message, message.length, QUESTION_BYTES);
    return new RecordParser(RecordQuestion.of(NAME, RecordKind.MX), cursor).parse(SERVER);
  }

  private static byte[] mx(byte[] data) {
    return record(asked(), Packets.MX, data);
  }

  private static byte[] with(byte[] message, int at, int octet) {
    byte[] changed = message.clone();
    changed[at] = (byte) octet;
    return changed;
  }
}
