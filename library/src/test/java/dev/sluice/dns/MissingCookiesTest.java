package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static dev.sluice.dns.wire.Packets.TRUNCATED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.dns.DnsException.Reason;
import dev.sluice.dns.wire.Packets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that refuse cookies, or send none any more: RFC 7873, section 5.3. */
@Timeout(60)
class MissingCookiesTest extends CookieFixture {
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
    try (ScriptedNameServer server = server(CookieFixture::badCookie);
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
