package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static dev.sluice.dns.wire.Packets.SERVFAIL;
import static dev.sluice.dns.wire.Packets.TRUNCATED;
import static dev.sluice.dns.wire.Packets.asked;
import static dev.sluice.dns.wire.Packets.join;
import static dev.sluice.dns.wire.Packets.name;
import static dev.sluice.dns.wire.Packets.record;
import static dev.sluice.dns.wire.Packets.u16;
import static dev.sluice.dns.wire.Packets.withAuthority;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.dns.DnsException.Reason;
import dev.sluice.dns.RecordAnswer.Code;
import dev.sluice.dns.ScriptedNameServer.ReceivedQuery;
import dev.sluice.dns.wire.Packets;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Questions for records, to the servers of the options and to a named server. */
class RecordsTest extends UdpFixture {
  private static final byte[] SOA_DATA =
      join(name("ns.dev"), name("admin.dev"), new byte[] {0, 0, 0, 7}, new byte[16]);

  private static final byte[] MX_DATA = join(u16(10), name("mail.dev"));
  private static final byte[] ASKED_MX =
      join(
          Packets.hex("0000 0100 0001 0000 0000 0000"), name("await.dev"), u16(Packets.MX), u16(1));

  @Test
  void mailExchangesAreRead() {
    byte[] first = record(asked(), Packets.MX, join(u16(10), name("Mail.dev")));
    byte[] none = record(asked(), Packets.MX, join(u16(0), name("")));
    RecordAnswer answer = answer(RecordKind.MX, received -> received.reply(0, first, none));
    assertEquals(Code.NOERROR, answer.code());
    assertFalse(answer.isNoName());
    assertEquals(List.of("10 mail.dev.", "0 ."), data(answer.records()));
    assertEquals("await.dev", answer.records().get(0).name());
    assertEquals(60, answer.records().get(0).ttl().toSeconds());
  }

  @Test
  void everyTypeIsRead() {
    assertEquals("192.0.2.1", data(RecordKind.A, new byte[] {(byte) 192, 0, 2, 1}));
    assertEquals(
        "2001:0:0:0:0:0:0:1", data(RecordKind.AAAA, Packets.hex("2001" + zeros(13) + "01")));
    assertEquals("ns.dev.", data(RecordKind.NS, name("NS.dev")));
    assertEquals("b.dev.", data(RecordKind.CNAME, name("b.dev")));
    assertEquals("ns.dev. admin.dev. 7 0 0 0 0", data(RecordKind.SOA, SOA_DATA));
    assertEquals("\"a\\\"\" \"\\200\"", data(RecordKind.TXT, Packets.hex("02 6122 01 C8")));
    assertEquals(
        "0 issue \"ca.test\"",
        data(RecordKind.CAA, Packets.hex("00 05 4973737565 63612e74657374")));
    assertEquals(
        "a\\.b\\\\\\000.dev.", data(RecordKind.NS, Packets.hex("05 61 2E 62 5C 00 03 646576 00")));
  }

  /** As addresses are read: a flaw behind or beside the records asked for spoils no answer. */
  @Test
  void flawsElsewhereInTheMessageAreIgnored() {
    byte[] good = Packets.reply(ASKED_MX, 0, record(asked(), Packets.MX, MX_DATA));
    List<byte[]> flawed =
        List.of(
            // An octet behind the last record, an ARCOUNT that lies, an OPT record that is cut off.
            join(good, new byte[1]),
            withAdditional(good, new byte[0]),
            withAdditional(good, new byte[] {0, 0, 41, 4}),
            // Records of other names: an A record of 3 octets, an empty TXT record.
            Packets.reply(
                ASKED_MX,
                0,
                record(name("other.dev"), Packets.A, new byte[3]),
                record(name("dev"), Packets.TXT, new byte[0]),
                record(asked(), Packets.MX, MX_DATA)),
            withAuthority(good, record(name("other.org"), Packets.NS, new byte[2])),
            withAuthority(good, record(name("dev"), Packets.A, new byte[2])));
    for (byte[] message : flawed) {
      assertEquals(
          List.of("10 mail.dev."),
          data(
              answer(RecordKind.MX, received -> received.send(answering(received, message)))
                  .records()));
    }
  }

  @Test
  void flawsBehindADenialAreIgnored() {
    byte[] denial =
        withAuthority(
            Packets.reply(ASKED_MX, NXDOMAIN), record(name("dev"), Packets.SOA, SOA_DATA));
    for (byte[] message : List.of(join(denial, new byte[1]), withAdditional(denial, new byte[0]))) {
      assertTrue(
          answer(RecordKind.MX, received -> received.send(answering(received, message)))
              .isNoName());
    }
  }

  @Test
  void recordsThatDifferOnlyInTheirTtlAreOne() {
    byte[] alias = record(asked(), Packets.CNAME, name("b.dev"));
    byte[] later = alias.clone();
    later[9]++;
    byte[] mail = record(name("b.dev"), Packets.MX, MX_DATA);
    RecordAnswer answer = answer(RecordKind.MX, received -> received.reply(0, alias, later, mail));
    assertEquals(List.of("b.dev.", "10 mail.dev."), data(answer.answers()));
  }

  private static byte[] withAdditional(byte[] message, byte[] record) {
    byte[] longer = join(message, record);
    longer[11]++;
    return longer;
  }

  /** The message with the id and the question of the query. */
  private static byte[] answering(ReceivedQuery received, byte[] message) {
    byte[] sent = message.clone();
    int end = 12 + Packets.question(received.query()).length;
    System.arraycopy(received.query(), 0, sent, 0, 2);
    System.arraycopy(received.query(), 12, sent, 12, end - 12);
    return sent;
  }

  @Test
  void theTypeIsAskedForByItsNumber() {
    AtomicInteger type = new AtomicInteger();
    answer(
        RecordKind.CAA,
        received -> {
          type.set(received.type());
          received.reply(0);
        });
    assertEquals(Packets.CAA, type.get());
  }

  @Test
  void aliasesAreListedBeforeTheRecords() {
    byte[] alias = record(asked(), Packets.CNAME, name("b.dev"));
    byte[] text = record(name("B.dev"), Packets.TXT, Packets.hex("01 61"));
    byte[] other = record(name("c.dev"), Packets.TXT, Packets.hex("01 62"));
    RecordAnswer answer = answer(RecordKind.TXT, received -> received.reply(0, other, text, alias));
    assertEquals(List.of("b.dev.", "\"a\""), data(answer.answers()));
    assertEquals(List.of("\"a\""), data(answer.records()));
  }

  @Test
  void nxdomainIsAnAnswerWithTheStartOfTheZone() {
    byte[] soa = record(name("dev"), Packets.SOA, SOA_DATA);
    byte[] stranger = record(name("elsewhere.org"), Packets.SOA, SOA_DATA);
    RecordAnswer answer =
        answer(
            RecordKind.NS,
            received ->
                received.send(
                    withAuthority(
                        Packets.reply(received.query(), NXDOMAIN | 0x400), stranger, soa)));
    assertTrue(answer.isNoName() && answer.authoritative());
    assertEquals("dev", answer.soa().map(DnsRecord.Soa::name).orElseThrow());
  }

  @Test
  void anAliasOfAMissingNameExists() {
    byte[] alias = record(asked(), Packets.CNAME, name("gone.dev"));
    RecordAnswer answer = answer(RecordKind.A, received -> received.reply(NXDOMAIN, alias));
    assertEquals(Code.NXDOMAIN, answer.code());
    assertFalse(answer.isNoName());
  }

  @Test
  void aNamedServerIsAskedWithoutRecursionAndMayRefer() {
    byte[] ns = record(asked(), Packets.NS, name("ns.await.dev"));
    try (ScriptedNameServer usual = ScriptedNameServer.answering(ReceivedQuery::found);
        ScriptedNameServer parent =
            ScriptedNameServer.answering(
                received -> {
                  assertEquals(0, received.query()[2] & 1);
                  byte[] reply = withAuthority(Packets.reply(received.query(), 0), ns);
                  reply[3] = 0;
                  received.send(reply);
                });
        UdpResolver resolver = asking(usual)) {
      RecordAnswer answer = value(iteratively(resolver, parent.address()));
      assertEquals(
          List.of("ns.await.dev"), answer.referral().stream().map(DnsRecord.Ns::server).toList());
      assertFalse(answer.authoritative() || answer.isNoName());
      assertEquals(parent.address(), answer.server());
      assertEquals(0, usual.asked());
    }
  }

  @Test
  void aReferralOfARecursiveServerIsAFailure() {
    byte[] ns = record(asked(), Packets.NS, name("ns.await.dev"));
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  byte[] reply = withAuthority(Packets.reply(received.query(), 0), ns);
                  reply[3] = 0;
                  received.send(reply);
                });
        UdpResolver resolver = asking(server)) {
      observe(resolver.query(NAME, RecordKind.NS))
          .assertError(e -> e instanceof DnsException f && f.reason() == Reason.OTHER_RCODE);
    }
  }

  @Test
  void aNamedServerThatFailsIsNotReplacedByAnother() {
    try (ScriptedNameServer usual = ScriptedNameServer.answering(ReceivedQuery::found);
        ScriptedNameServer broken =
            ScriptedNameServer.answering(received -> received.reply(SERVFAIL));
        UdpResolver resolver = asking(usual)) {
      observe(iteratively(resolver, broken.address()))
          .assertError(e -> String.valueOf(e.getMessage()).startsWith("await.dev NS: SERVFAIL"));
      assertEquals(1, broken.asked());
      assertEquals(0, usual.asked());
    }
  }

  @Test
  void aTruncatedAnswerIsAskedForByTcp() {
    byte[] text = record(asked(), Packets.TXT, Packets.hex("01 61"));
    RecordAnswer answer =
        answer(
            RecordKind.TXT,
            received -> {
              if (received.isTcp()) {
                received.reply(0, text);
              } else {
                received.reply(TRUNCATED);
              }
            });
    assertEquals(List.of("\"a\""), data(answer.records()));
  }

  @Test
  void moreNamedServersThanAreKeptAreAskedEachByItself() {
    try (ScriptedNameServer first = ScriptedNameServer.answering(received -> received.reply(0));
        UdpResolver resolver = asking(first)) {
      for (int i = 0; i < 300; i++) {
        try (ScriptedNameServer named =
            ScriptedNameServer.answering(received -> received.reply(NXDOMAIN))) {
          assertTrue(value(iteratively(resolver, named.address())).isNoName());
          assertEquals(1, named.asked());
        }
      }
      assertFalse(value(iteratively(resolver, first.address())).isNoName());
    }
  }

  @Test
  void aClosedResolverRefuses() {
    UdpResolver resolver = UdpResolver.of(DnsOptions.standard());
    resolver.close();
    observe(resolver.query(NAME, RecordKind.MX))
        .assertError(e -> String.valueOf(e.getMessage()).contains("the resolver is closed"));
  }

  private RecordAnswer answer(RecordKind kind, ScriptedNameServer.Script script) {
    try (ScriptedNameServer server = ScriptedNameServer.answering(script);
        UdpResolver resolver = asking(server)) {
      return value(resolver.query(NAME, kind));
    }
  }

  private String data(RecordKind kind, byte[] data) {
    byte[] record = record(asked(), kind.code(), data);
    return answer(kind, received -> received.reply(0, record)).records().get(0).data();
  }

  private static List<String> data(List<DnsRecord> records) {
    return records.stream().map(DnsRecord::data).toList();
  }

  private static Single<RecordAnswer> iteratively(UdpResolver resolver, InetSocketAddress server) {
    return resolver.query(RecordQuestion.of(NAME, RecordKind.NS).iterativelyAt(server));
  }

  private static RecordAnswer value(Single<RecordAnswer> query) {
    return observe(query).assertValueCount(1).values().get(0);
  }

  private static TestObserver<RecordAnswer> observe(Single<RecordAnswer> query) {
    return query.test().awaitDone(10, SECONDS);
  }

  private static String zeros(int count) {
    return "00".repeat(count);
  }
}
