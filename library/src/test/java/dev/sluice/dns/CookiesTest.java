package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static dev.sluice.dns.wire.Packets.TRUNCATED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.dns.DnsException.Reason;
import dev.sluice.dns.ScriptedNameServer.ReceivedQuery;
import dev.sluice.dns.wire.Packets;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies: RFC 7873. */
@Timeout(60)
class CookiesTest extends UdpFixture {
  private static final int COOKIE = 10;
  private static final int CLIENT = 8;
  private static final int FORMERR = 1;
  // BADCOOKIE is 23: the high bits are in the OPT record.
  private static final int BADCOOKIE_LOW = 7;
  private static final int BADCOOKIE_HIGH = 1;
  private static final byte[] OF_SERVER = Packets.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");

  private final List<String> cookies = new CopyOnWriteArrayList<>();
  private final List<Boolean> byTcp = new CopyOnWriteArrayList<>();

  private ScriptedNameServer server(ScriptedNameServer.Script script) {
    return ScriptedNameServer.answering(
        received -> {
          cookies.add(HexFormat.of().formatHex(Packets.cookieOf(received.query())));
          byTcp.add(received.isTcp());
          script.answer(received);
        });
  }

  private UdpResolver withCookies(ScriptedNameServer... servers) {
    return UdpResolver.withClock(
        to(List.of(servers).stream().map(ScriptedNameServer::address).toList()).withCookies(),
        clock::get);
  }

  private static byte[] clientOf(ReceivedQuery received) {
    return Arrays.copyOf(Packets.cookieOf(received.query()), CLIENT);
  }

  private static byte[] found(ReceivedQuery received) {
    return Packets.reply(received.query(), 0, received.address());
  }

  private static byte[] with(byte[] cookie, byte[] reply) {
    return Packets.withOption(reply, 0, COOKIE, cookie);
  }

  private static void foundWithCookie(ReceivedQuery received) throws IOException {
    received.send(with(Packets.join(clientOf(received), OF_SERVER), found(received)));
  }

  private static void badCookie(ReceivedQuery received) throws IOException {
    byte[] cookie = Packets.join(clientOf(received), OF_SERVER);
    byte[] reply = Packets.reply(received.query(), BADCOOKIE_LOW);
    received.send(Packets.withOption(reply, BADCOOKIE_HIGH, COOKIE, cookie));
  }

  @Test
  void withoutTheOptionThereAreNoCookies() {
    try (ScriptedNameServer server = server(CookiesTest::foundWithCookie);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(List.of(""), cookies);
    }
  }

  @Test
  void theCookieOfTheServerIsReturned() {
    try (ScriptedNameServer server = server(CookiesTest::foundWithCookie);
        UdpResolver resolver = withCookies(server)) {
      ask(resolver).assertValueCount(1);
      ask(resolver).assertValueCount(1);
      assertEquals(2 * CLIENT, cookies.get(0).length());
      assertEquals(cookies.get(0) + HexFormat.of().formatHex(OF_SERVER), cookies.get(1));
    }
  }

  @Test
  void theLastCookieOfTheServerIsReturnedAlsoByQueriesForRecords() {
    try (ScriptedNameServer server =
            server(
                received -> {
                  byte[] client = clientOf(received);
                  byte[] longest = Arrays.copyOf(client, 40);
                  longest[39] = (byte) cookies.size();
                  received.send(with(longest, found(received)));
                });
        UdpResolver resolver = withCookies(server)) {
      ask(resolver).assertValueCount(1);
      resolver.query(NAME, RecordKind.A).blockingGet();
      ask(resolver).assertValueCount(1);
      String client = cookies.get(0);
      assertEquals(client + "00".repeat(31) + "01", cookies.get(1));
      assertEquals(client + "00".repeat(31) + "02", cookies.get(2));
    }
  }

  @Test
  void eachServerAndEachResolverHasItsOwn() {
    try (ScriptedNameServer first = server(CookiesTest::foundWithCookie);
        ScriptedNameServer second = server(CookiesTest::foundWithCookie);
        UdpResolver resolver = withCookies(first, second);
        UdpResolver other = withCookies(first)) {
      ask(resolver).assertValueCount(1);
      ask(resolver).assertValueCount(1);
      ask(other).assertValueCount(1);
      assertEquals(3, cookies.stream().distinct().count(), cookies::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 15, 16, 41})
  void aResponseWithAnotherCookieIsIgnored(int length) {
    try (ScriptedNameServer server =
            server(
                received -> {
                  byte[] wrong = Arrays.copyOf(clientOf(received), length);
                  wrong[0] ^= (byte) (length == 8 || length == 16 ? 1 : 0);
                  received.send(with(wrong, Packets.reply(received.query(), NXDOMAIN)));
                  foundWithCookie(received);
                });
        UdpResolver resolver = withCookies(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(1, server.asked());
    }
  }

  @Test
  void anOptionThatIsCutOffIsIgnored() {
    try (ScriptedNameServer server =
            server(
                received -> {
                  byte[] lie = with(clientOf(received), Packets.reply(received.query(), NXDOMAIN));
                  lie[lie.length - 9] = 40;
                  received.send(lie);
                  foundWithCookie(received);
                });
        UdpResolver resolver = withCookies(server)) {
      ask(resolver).assertValueCount(1);
    }
  }

  @Test
  void aServerThatOnlyRepeatsTheCookieIsBelieved() {
    try (ScriptedNameServer server =
            server(received -> received.send(with(clientOf(received), found(received))));
        UdpResolver resolver = withCookies(server)) {
      ask(resolver).assertValueCount(1);
      ask(resolver).assertValueCount(1);
      assertEquals(cookies.get(0), cookies.get(1));
    }
  }

  @Test
  void aServerThatKnowsNoCookiesIsBelieved() {
    try (ScriptedNameServer server = server(ReceivedQuery::found);
        UdpResolver resolver = withCookies(server)) {
      ask(resolver).assertValueCount(1);
      ask(resolver).assertValueCount(1);
      assertEquals(List.of(false, false), byTcp);
    }
  }

  @Test
  void aResponseWithoutTheCookieThatIsExpectedLeadsToTcp() {
    try (ScriptedNameServer server =
            server(
                received -> {
                  if (cookies.size() == 2) {
                    received.reply(NXDOMAIN);
                  } else {
                    foundWithCookie(received);
                  }
                });
        UdpResolver resolver = withCookies(server)) {
      ask(resolver).assertValueCount(1);
      ask(resolver).assertValueCount(1);
      ask(resolver).assertValueCount(1);
      assertEquals(List.of(false, false, true, false), byTcp);
      assertEquals(cookies.get(1), cookies.get(3), "is still expected");
    }
  }

  @Test
  void aServerThatHasSwitchedCookiesOffIsBelievedAfterTcp() {
    try (ScriptedNameServer server =
            server(
                received -> {
                  if (cookies.size() == 1) {
                    foundWithCookie(received);
                  } else {
                    received.found();
                  }
                });
        UdpResolver resolver = withCookies(server)) {
      for (int i = 0; i < 4; i++) {
        ask(resolver).assertValueCount(1);
      }
      assertEquals(List.of(false, false, true, false, false), byTcp);
    }
  }

  @Test
  void aBadCookieIsAskedAgainWithTheNewOne() {
    try (ScriptedNameServer server =
            server(
                received -> {
                  if (Packets.cookieOf(received.query()).length == CLIENT) {
                    badCookie(received);
                  } else {
                    foundWithCookie(received);
                  }
                });
        UdpResolver resolver = withCookies(server)) {
      ask(resolver).assertValueCount(1);
      ask(resolver).assertValueCount(1);
      assertEquals(List.of(false, false, false), byTcp);
      assertTrue(cookies.get(1).endsWith(HexFormat.of().formatHex(OF_SERVER)), cookies::toString);
    }
  }

  @Test
  void aSecondBadCookieLeadsToTcp() {
    try (ScriptedNameServer server =
            server(
                received -> {
                  if (received.isTcp()) {
                    foundWithCookie(received);
                  } else {
                    badCookie(received);
                  }
                });
        UdpResolver resolver = withCookies(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(List.of(false, false, true), byTcp);
    }
  }

  @Test
  void aBadCookieByTcpIsAFailure() {
    try (ScriptedNameServer server = server(CookiesTest::badCookie);
        UdpResolver resolver = withCookies(server)) {
      assertFailed(ask(resolver), Reason.OTHER_RCODE, "BADCOOKIE");
    }
  }

  @Test
  void aTruncatedResponseLeadsToTcpWithTheCookie() {
    try (ScriptedNameServer server =
            server(
                received -> {
                  if (received.isTcp()) {
                    foundWithCookie(received);
                  } else {
                    received.reply(TRUNCATED);
                  }
                });
        UdpResolver resolver = withCookies(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(List.of(false, true), byTcp);
      assertEquals(cookies.get(0), cookies.get(1));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aServerThatRefusesTheOptionIsAskedWithoutEdns(boolean knowsEdns) {
    try (ScriptedNameServer server =
            server(
                received -> {
                  byte[] refusal = Packets.reply(received.query(), FORMERR);
                  if (!received.hasEdns()) {
                    received.found();
                  } else {
                    received.send(
                        knowsEdns
                            ? Packets.withOption(refusal, 0, COOKIE + 1, new byte[0])
                            : refusal);
                  }
                });
        UdpResolver resolver = withCookies(server)) {
      ask(resolver).assertValueCount(1);
      ask(resolver).assertValueCount(1);
      assertNotEquals("", cookies.get(0));
      assertEquals(List.of("", ""), cookies.subList(1, 3), "and so for ever");
    }
  }

  @Test
  void aForgedRefusalOfEdnsIsNotBelievedOfAServerWithCookies() {
    try (ScriptedNameServer server =
            server(
                received -> {
                  if (cookies.size() == 2) {
                    byte[] bare = Arrays.copyOf(Packets.reply(received.query(), FORMERR), 12);
                    bare[5] = 0;
                    received.send(bare);
                  } else {
                    foundWithCookie(received);
                  }
                });
        UdpResolver resolver = withCookies(server)) {
      for (int i = 0; i < 3; i++) {
        ask(resolver).assertValueCount(1);
      }
      assertEquals(List.of(false, false, true, false), byTcp);
      assertFalse(cookies.get(3).isEmpty());
      assertArrayEquals(OF_SERVER, Packets.hex(cookies.get(3).substring(2 * CLIENT)));
    }
  }
}
