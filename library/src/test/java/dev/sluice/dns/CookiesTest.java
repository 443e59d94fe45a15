package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.dns.ScriptedNameServer.ReceivedQuery;
import dev.sluice.dns.wire.Packets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies that are sent, and those that are believed: RFC 7873. */
@Timeout(60)
class CookiesTest extends CookieFixture {
  @Test
  void withoutTheOptionThereAreNoCookies() {
    try (ScriptedNameServer server = server(CookieFixture::foundWithCookie);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(List.of(""), cookies);
    }
  }

  @Test
  void theCookieOfTheServerIsReturned() {
    try (ScriptedNameServer server = server(CookieFixture::foundWithCookie);
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
    try (ScriptedNameServer first = server(CookieFixture::foundWithCookie);
        ScriptedNameServer second = server(CookieFixture::foundWithCookie);
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
}
