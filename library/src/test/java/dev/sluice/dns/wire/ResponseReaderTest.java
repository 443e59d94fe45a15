package dev.sluice.dns.wire;

import static dev.sluice.dns.wire.Packets.asked;
import static dev.sluice.dns.wire.Packets.hex;
import static dev.sluice.dns.wire.Packets.join;
import static dev.sluice.dns.wire.Packets.name;
import static dev.sluice.dns.wire.Packets.record;
import static dev.sluice.dns.wire.Packets.reply;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads responses that were written byte by byte. */
@Timeout(60)
class ResponseReaderTest {
  private static final byte[] QUERY = QuestionTest.QUERY;

  private static final int RRSIG = 46;
  private static final int NSEC = 47;
  private static final byte[] ADDRESS = {(byte) 192, 0, 2, 1};

  private final ResponseReader reader = new ResponseReader();

  @Test
  void onlyAddressesOfTheNameAskedForAreRead() throws Exception {
    byte[] other = {(byte) 192, 0, 2, 2};
    assertEquals(
        ResponseKind.ADDRESSES,
        read(
            reply(
                QUERY,
                0,
                record(name("elsewhere.dev"), 1, other),
                record(asked(), 16, hex("00")),
                record(name("AWAIT.dev"), 1, ADDRESS),
                record(hex("05 6177616974 C012"), 1, other))));
    assertEquals(
        List.of(InetAddress.getByAddress(ADDRESS), InetAddress.getByAddress(other)),
        reader.addresses());
  }

  @Test
  void aliasesAreFollowedInAnyOrder() throws Exception {
    byte[] message =
        reply(
            QUERY,
            0,
            record(name("c.dev"), 1, ADDRESS),
            record(name("b.dev"), 5, name("c.dev")),
            record(asked(), 5, hex("01 62 C012")));
    assertEquals(ResponseKind.ADDRESSES, read(message));
    assertEquals(List.of(InetAddress.getByAddress(ADDRESS)), reader.addresses());
    assertEquals(ResponseKind.NO_DATA, read(reply(QUERY, 0, record(asked(), 5, name("b.dev")))));
  }

  @Test
  void aDnameIsFollowedWithOrWithoutItsCname() {
    byte[] dname = record(name("dev"), 39, name("example.org"));
    byte[] cname = record(asked(), 5, name("await.example.org"));
    byte[] address = record(name("await.example.ORG"), 1, ADDRESS);
    assertEquals(ResponseKind.ADDRESSES, read(reply(QUERY, 0, dname, cname, address)));
    assertEquals(ResponseKind.ADDRESSES, read(reply(QUERY, 0, dname, address)));
    byte[] second = record(name("org"), 39, name("net"));
    byte[] there = record(name("await.example.net"), 1, ADDRESS);
    assertEquals(ResponseKind.ADDRESSES, read(reply(QUERY, 0, dname, second, there)));
    byte[] tooLong =
        record(name("dev"), 39, name("x".repeat(62) + ("." + "x".repeat(62)).repeat(3)));
    assertEquals(ResponseKind.MALFORMED, read(reply(QUERY, 0, tooLong)));
  }

  @Test
  void signaturesAreSkipped() throws Exception {
    // RFC 4034, section 3.1: covered type, algorithm 13, labels, TTL, two times, key tag, signer.
    byte[] fixed = hex("0001 0D 02 0000003C 6553F100 65532B00 1234");
    byte[] signature = join(fixed, name("dev"), new byte[64]);
    byte[] rrsig = record(asked(), RRSIG, signature);
    byte[] address = record(asked(), 1, ADDRESS);
    for (byte[] message :
        List.of(reply(QUERY, 0, address, rrsig), reply(QUERY, 0, rrsig, address, rrsig))) {
      assertEquals(ResponseKind.ADDRESSES, read(message));
      assertEquals(List.of(InetAddress.getByAddress(ADDRESS)), reader.addresses());
    }
    byte[] alias = record(asked(), 5, name("b.dev"));
    byte[] there = record(name("b.dev"), 1, ADDRESS);
    assertEquals(ResponseKind.ADDRESSES, read(reply(QUERY, 0, alias, rrsig, there, rrsig)));
  }

  @Test
  void signedDenialsAreDenials() {
    byte[] soa = record(name("dev"), 6, join(name("ns.dev"), name("dev"), new byte[20]));
    byte[] nsec = record(asked(), NSEC, join(name("b.dev"), hex("00 07 62 01 00 00 00 00 03")));
    byte[] rrsig = record(asked(), RRSIG, join(hex("002F 0D 02"), new byte[80]));
    for (int rcode : new int[] {0, 3}) {
      byte[] denial = join(reply(QUERY, rcode), soa, rrsig, nsec, rrsig);
      denial[9] = 4;
      assertEquals(rcode == 0 ? ResponseKind.NO_DATA : ResponseKind.NO_NAME, read(denial));
    }
  }

  @Test
  void aLoopOfAliasesIsMalformed() {
    byte[] toItself = record(asked(), 5, asked());
    byte[] there = record(asked(), 5, name("b.dev"));
    byte[] back = record(name("b.dev"), 5, asked());
    byte[] dname = record(name("dev"), 39, name("dev"));
    assertEquals(ResponseKind.MALFORMED, read(reply(QUERY, 0, toItself)));
    assertEquals(ResponseKind.MALFORMED, read(reply(QUERY, 0, there, back)));
    assertEquals(ResponseKind.MALFORMED, read(reply(QUERY, 0, dname)));
  }

  @Test
  void forwardAndLoopingPointersAreMalformed() {
    String[] owners = {
      "C000", "C00B", "01 61 C002", "C01B", "C0FF", "01 61 C01B", "C01C 00", "80", "40 00", "C0"
    };
    for (String owner : owners) {
      assertEquals(
          ResponseKind.MALFORMED, read(reply(QUERY, 0, record(hex(owner), 1, ADDRESS))), owner);
    }
    // 27: 'a' and then back to 27, from within the data of a record.
    byte[] circle = record(asked(), 5, hex("01 61 C027"));
    assertEquals(ResponseKind.MALFORMED, read(reply(QUERY, 0, circle)));
  }

  @Test
  void eachKindOfResponseIsToldApart() {
    assertEquals(ResponseKind.NO_DATA, read(reply(QUERY, 0)));
    assertEquals(ResponseKind.NO_NAME, read(reply(QUERY, 3)));
    assertEquals(ResponseKind.TRUNCATED, read(reply(QUERY, 0x0200)));
    assertEquals(ResponseKind.ERROR_CODE, read(reply(QUERY, 2)));
    assertEquals(2, reader.rcode());
    assertEquals(ResponseKind.MALFORMED, read(reply(QUERY, 0, record(asked(), 1, hex("7F0001")))));
  }

  @Test
  void theHighBitsOfTheRcodeAreInOpt() {
    byte[] badvers = join(reply(QUERY, 0), hex("00 0029 0200 01 00 0000 0000"));
    badvers[11] = 1;
    assertEquals(ResponseKind.ERROR_CODE, read(badvers));
    assertEquals(16, reader.rcode());
    assertTrue(reader.hasOptions());
    byte[] twice = join(badvers, hex("00 0029 0200 00 00 0000 0000"));
    twice[11] = 2;
    assertEquals(ResponseKind.MALFORMED, read(twice));
  }

  @Test
  void nxdomainBehindAnAliasSpeaksOfTheTarget() {
    byte[] alias = record(asked(), 5, name("gone.test"));
    assertEquals(ResponseKind.DANGLING_ALIAS, read(reply(QUERY, 3, alias)));
    byte[] two = record(name("two.test"), 5, name("gone.test"));
    byte[] toTwo = record(asked(), 5, name("two.test"));
    assertEquals(ResponseKind.DANGLING_ALIAS, read(reply(QUERY, 3, two, toTwo)));
    byte[] dname = record(name("dev"), 39, name("example.org"));
    assertEquals(ResponseKind.DANGLING_ALIAS, read(reply(QUERY, 3, dname)));
    byte[] other = record(name("other.dev"), 5, name("gone.test"));
    assertEquals(ResponseKind.NO_NAME, read(reply(QUERY, 3, other)));
  }

  @Test
  void nxdomainWithAnAddressIsMalformed() {
    assertEquals(ResponseKind.MALFORMED, read(reply(QUERY, 3, record(asked(), 1, ADDRESS))));
    byte[] alias = record(asked(), 5, name("b.dev"));
    byte[] address = record(name("b.dev"), 1, ADDRESS);
    assertEquals(ResponseKind.MALFORMED, read(reply(QUERY, 3, alias, address)));
    byte[] toItself = record(asked(), 5, asked());
    assertEquals(ResponseKind.MALFORMED, read(reply(QUERY, 3, toItself)));
  }

  @Test
  void anEmptyAnswerWithoutAuthorityOrRecursionProvesNothing() {
    byte[] empty = reply(QUERY, 0);
    empty[3] = 0;
    assertEquals(ResponseKind.EMPTY, read(empty));
    empty[2] |= 4;
    assertEquals(ResponseKind.NO_DATA, read(empty));
  }

  @Test
  void aReferralIsNotNoData() {
    byte[] referral = join(reply(QUERY, 0), record(name("dev"), 2, name("ns.dev")));
    referral[9] = 1;
    referral[3] = 0;
    assertEquals(ResponseKind.REFERRAL, read(referral));
    referral[2] |= 4;
    assertEquals(ResponseKind.NO_DATA, read(referral));
  }

  @Test
  void aTooShortOrTooLongMessageIsMalformed() {
    byte[] whole = reply(QUERY, 0, record(asked(), 1, ADDRESS), record(asked(), 1, ADDRESS));
    assertEquals(ResponseKind.ADDRESSES, read(whole));
    for (int length = 12 + Packets.question(QUERY).length; length < whole.length; length++) {
      assertEquals(ResponseKind.MALFORMED, read(Arrays.copyOf(whole, length)), "cut at " + length);
    }
  }

  @Test
  void octetsBehindTheLastRecordAreIgnored() {
    byte[] whole = reply(QUERY, 0, record(asked(), 1, ADDRESS));
    assertEquals(ResponseKind.ADDRESSES, read(join(whole, new byte[1])));
    assertEquals(ResponseKind.NO_NAME, read(join(reply(QUERY, 3), hex("00 00"))));
  }

  @Test
  void additionalRecordsThatAreNotThereAreIgnored() {
    byte[] found = reply(QUERY, 0, record(asked(), 1, ADDRESS));
    byte[] absent = reply(QUERY, 3);
    found[11] = 1;
    absent[11] = 1;
    assertEquals(ResponseKind.ADDRESSES, read(found));
    assertEquals(ResponseKind.NO_NAME, read(absent));
    byte[] cutOff = join(found, hex("00 0029 0200 01 00 0000 0009"));
    assertEquals(ResponseKind.ADDRESSES, read(cutOff));
    assertFalse(reader.hasOptions(), "an OPT record that is cut off says nothing");
    found[11] = 0;
    found[9] = 1;
    assertEquals(ResponseKind.MALFORMED, read(found), "the authority section counts");
  }

  @Test
  void aMillionMutatedMessagesAreReadWithoutException() {
    byte[] deep = record(name("dev"), 39, hex("07 6578616D706C65 C012"));
    byte[][] seeds = {
      reply(QUERY, 0, record(asked(), 1, ADDRESS), record(asked(), 1, ADDRESS)),
      reply(QUERY, 0, record(asked(), 5, hex("01 62 C012")), record(name("b.dev"), 1, ADDRESS)),
      reply(QUERY, 0, deep, record(name("await.example.dev"), 1, ADDRESS)),
      reply(QUERY, 3, record(name("dev"), 6, join(asked(), asked(), new byte[20]))),
      Packets.withOption(reply(QUERY, 3), 0, 15, hex("000F 6164")),
    };
    Random random = new Random(35);
    Set<ResponseKind> seen = EnumSet.noneOf(ResponseKind.class);
    byte[] message = new byte[1_024];
    for (int i = 0; i < 1_000_000; i++) {
      byte[] seed = seeds[i % seeds.length];
      System.arraycopy(seed, 0, message, 0, seed.length);
      for (int n = random.nextInt(6); n >= 0; n--) {
        // Small values hit counts, lengths and pointers.
        int value = random.nextBoolean() ? random.nextInt(64) : random.nextInt();
        message[random.nextInt(seed.length)] = (byte) (random.nextInt(4) == 0 ? 0xC0 : value);
      }
      int length = seed.length - (random.nextInt(8) == 0 ? random.nextInt(seed.length + 1) : 0);
      seen.add(reader.read(message, length, 15, AddressType.A));
    }
    assertEquals(
        EnumSet.complementOf(EnumSet.of(ResponseKind.REFERRAL, ResponseKind.RECORDS)), seen);
  }

  private ResponseKind read(byte[] message) {
    byte[] roomy = Arrays.copyOf(message, message.length + ResponseReader.SCRATCH_BYTES);
    return reader.read(roomy, message.length, Packets.question(QUERY).length, AddressType.A);
  }
}
