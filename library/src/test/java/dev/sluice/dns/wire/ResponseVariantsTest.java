package dev.sluice.dns.wire;

import static dev.sluice.dns.wire.Packets.A;
import static dev.sluice.dns.wire.Packets.CNAME;
import static dev.sluice.dns.wire.Packets.DNAME;
import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static dev.sluice.dns.wire.Packets.TRUNCATED;
import static dev.sluice.dns.wire.Packets.asked;
import static dev.sluice.dns.wire.Packets.hex;
import static dev.sluice.dns.wire.Packets.join;
import static dev.sluice.dns.wire.Packets.name;
import static dev.sluice.dns.wire.Packets.question;
import static dev.sluice.dns.wire.Packets.record;
import static dev.sluice.dns.wire.Packets.reply;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What unusual responses mean, and the standard that says so. */
@Timeout(60)
class ResponseVariantsTest {
  private static final byte[] QUERY = QuestionTest.QUERY;
  private static final byte[] ADDRESS = {(byte) 192, 0, 2, 1};
  private static final byte[] FOUND = reply(QUERY, 0, record(asked(), A, ADDRESS));
  private static final byte[] OPT = hex("00 0029 0200 0000 0000 0000");
  private static final byte[] SOA = record(name("dev"), 6, join(asked(), asked(), new byte[20]));

  /** The response is not one to this query: the query waits for another, then tries again. */
  private static final String IGNORED = "IGNORED";

  static Stream<Arguments> variants() {
    byte[] toB = record(asked(), CNAME, name("b.dev"));
    byte[] toC = record(asked(), CNAME, name("c.dev"));
    byte[] addressOfB = record(name("b.dev"), A, ADDRESS);
    byte[] longName = name("x".repeat(63) + ("." + "x".repeat(63)).repeat(3));
    return Stream.of(
        // The header.
        row("two questions: RFC 9619", IGNORED, changed(FOUND, 5, 2)),
        row("no question", IGNORED, changed(FOUND, 5, 0)),
        row("QR clear: RFC 1035 4.1.1", IGNORED, changed(FOUND, 2, 0x01)),
        row("opcode 2: RFC 1035 4.1.1", IGNORED, changed(FOUND, 2, 0x91)),
        row("another id", "ADDRESSES", changed(FOUND, 1, 0x01)),
        row("Z bit: RFC 6895 2.1", "ADDRESSES", changed(FOUND, 3, 0xC0)),
        row("AD and CD: RFC 4035 3.2", "ADDRESSES", changed(FOUND, 3, 0xB0)),
        row("TC without records: RFC 2181 9", "TRUNCATED", reply(QUERY, TRUNCATED)),
        row("TC with NXDOMAIN", "TRUNCATED", reply(QUERY, TRUNCATED | NXDOMAIN)),
        row("TC with a part of a record", "TRUNCATED", cut(changed(FOUND, 2, 0x83), 3)),
        // The question.
        row("another type", IGNORED, changed(FOUND, 12 + question(QUERY).length - 3, 28)),
        row("another class", IGNORED, changed(FOUND, 12 + question(QUERY).length - 1, 3)),
        row("another letter case", IGNORED, changed(FOUND, 13, FOUND[13] ^ 0x20)),
        // Names.
        row("owner in another case: RFC 4343", "ADDRESSES", answer(name("AwAiT.dEV"), A, ADDRESS)),
        row("owner in the header", "MALFORMED", answer(hex("C002"), A, ADDRESS)),
        row("pointer to itself", "MALFORMED", answer(hex("C01B"), A, ADDRESS)),
        row("forward pointer: RFC 1035 4.1.4", "MALFORMED", answer(hex("C01D"), A, ADDRESS)),
        row("label type 01: RFC 6891 5", "MALFORMED", answer(hex("41 61 00"), A, ADDRESS)),
        row("label type 10: RFC 1035 4.1.4", "MALFORMED", answer(hex("80 00"), A, ADDRESS)),
        row("label type 01 in an alias", "MALFORMED", answer(asked(), CNAME, hex("41 61 00"))),
        row("owner of 257 octets: RFC 1035 2.3.4", "MALFORMED", answer(longName, A, ADDRESS)),
        row("alias of 257 octets", "MALFORMED", answer(asked(), CNAME, longName)),
        row("octets behind an alias", "MALFORMED", answer(asked(), CNAME, hex("0161 00 00"))),
        // Lengths and counts.
        row("RDLENGTH beyond the end", "MALFORMED", cut(FOUND, 1)),
        row("an address of 3 octets", "MALFORMED", answer(asked(), A, new byte[3])),
        row("an address of 5 octets", "MALFORMED", answer(asked(), A, new byte[5])),
        row("more answers counted than sent", "MALFORMED", changed(FOUND, 7, 2)),
        row("65,280 answers counted", "MALFORMED", changed(FOUND, 6, 0xFF)),
        row("octets behind the last record", "ADDRESSES", join(FOUND, new byte[3])),
        row("fewer answers counted than sent", "NO_DATA", changed(FOUND, 7, 0)),
        row("OPT twice: RFC 6891 6.1.1", "MALFORMED", changed(join(FOUND, OPT, OPT), 11, 2)),
        // Records of another class or owner.
        row("class CHAOS", "NO_DATA", changed(FOUND, FOUND.length - 11, 3)),
        row("only another owner", "NO_DATA", answer(name("b.dev"), A, ADDRESS)),
        row(
            "another owner, no AA, no RA",
            "EMPTY",
            changed(answer(name("b.dev"), A, ADDRESS), 3, 0)),
        row(
            "another owner, NS, no AA, no RA",
            "REFERRAL",
            changed(
                changed(
                    join(answer(name("b.dev"), A, ADDRESS), record(name("dev"), 2, name("ns.dev"))),
                    9,
                    1),
                3,
                0)),
        row("alias, no AA, no RA", "NO_DATA", changed(reply(QUERY, 0, toB), 3, 0)),
        row("NXDOMAIN, another owner", "NO_NAME", reply(QUERY, NXDOMAIN, addressOfB)),
        row("NXDOMAIN with SOA: RFC 2308 2.1", "NO_NAME", authority(reply(QUERY, NXDOMAIN), SOA)),
        row("NOERROR with SOA: RFC 2308 2.2", "NO_DATA", authority(reply(QUERY, 0), SOA)),
        // Aliases.
        row("alias to itself: RFC 1034 5.2.2", "MALFORMED", answer(asked(), CNAME, asked())),
        row("parts in the wrong order", "ADDRESSES", reply(QUERY, 0, addressOfB, toB)),
        row("one alias twice", "ADDRESSES", reply(QUERY, 0, toB, toB, addressOfB)),
        row("two aliases, the first followed", "ADDRESSES", reply(QUERY, 0, toB, toC, addressOfB)),
        row("two aliases, the second followed", "ADDRESSES", reply(QUERY, 0, toC, toB, addressOfB)),
        row("sixteen aliases of one name", "ADDRESSES", aliases(16)),
        row("seventeen aliases of one name", "MALFORMED", aliases(17)),
        row(
            "two aliases, NXDOMAIN: RFC 6604 3",
            "DANGLING_ALIAS",
            reply(QUERY, NXDOMAIN, toB, toC)),
        row(
            "alias and address: RFC 1034 3.6.2",
            "ADDRESSES",
            reply(QUERY, 0, toB, record(asked(), A, ADDRESS))),
        row(
            "DNAME with its CNAME: RFC 6672 3.1",
            "ADDRESSES",
            reply(
                QUERY,
                0,
                record(name("dev"), DNAME, name("test")),
                record(asked(), CNAME, name("await.test")),
                record(name("await.test"), A, ADDRESS))),
        row(
            "DNAME behind its CNAME",
            "ADDRESSES",
            reply(
                QUERY,
                0,
                record(asked(), CNAME, name("await.test")),
                record(name("dev"), DNAME, name("test")),
                record(name("await.test"), A, ADDRESS))),
        row(
            "DNAME of the name itself: RFC 6672 2.3",
            "NO_DATA",
            answer(name("await.dev"), DNAME, name("test"))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("variants")
  void everyVariantHasItsMeaning(String variant, String meaning, byte[] message) {
    assertEquals(meaning, meaning(message), variant);
  }

  private static String meaning(byte[] message) {
    byte[] question = question(QUERY);
    if (!ResponseReader.answers(message, message.length, question)) {
      return IGNORED;
    }
    byte[] roomy = Arrays.copyOf(message, message.length + ResponseReader.SCRATCH_BYTES);
    ResponseReader reader = new ResponseReader();
    return reader.read(roomy, message.length, question.length, AddressType.A).name();
  }

  private static Arguments row(String variant, String meaning, byte[] message) {
    return Arguments.of(variant, meaning, message);
  }

  private static byte[] answer(byte[] owner, int type, byte[] data) {
    return reply(QUERY, 0, record(owner, type, data));
  }

  /** Aliases of the name asked for, the last of which leads to an address. */
  private static byte[] aliases(int count) {
    byte[][] records = new byte[count + 1][];
    for (int i = 0; i < count; i++) {
      records[i] = record(asked(), CNAME, name("n" + i));
    }
    records[count] = record(name("n" + (count - 1)), A, ADDRESS);
    return reply(QUERY, 0, records);
  }

  private static byte[] authority(byte[] message, byte[] record) {
    return changed(join(message, record), 9, 1);
  }

  private static byte[] changed(byte[] message, int at, int octet) {
    byte[] copy = message.clone();
    copy[at] = (byte) octet;
    return copy;
  }

  private static byte[] cut(byte[] message, int octets) {
    return Arrays.copyOf(message, message.length - octets);
  }
}
