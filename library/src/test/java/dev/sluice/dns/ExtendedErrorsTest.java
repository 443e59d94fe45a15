package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static dev.sluice.dns.wire.Packets.SERVFAIL;
import static dev.sluice.dns.wire.Packets.join;
import static dev.sluice.dns.wire.Packets.reply;
import static dev.sluice.dns.wire.Packets.u16;
import static dev.sluice.dns.wire.Packets.withOption;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.dns.DnsException.Reason;
import dev.sluice.dns.wire.Packets;
import io.reactivex.rxjava3.core.Flowable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Extended DNS Errors (RFC 8914): what a server says of its own answer. */
@Timeout(30)
class ExtendedErrorsTest extends UdpFixture {
  private static final int EXTENDED_ERROR = 15;

  private static ScriptedNameServer saying(int flags, int code, String text) {
    return ScriptedNameServer.answering(
        received -> received.send(withError(received.query(), flags, code, text)));
  }

  private static byte[] withError(byte[] query, int flags, int code, String text) {
    byte[] data = join(u16(code), text.getBytes(UTF_8));
    return withOption(reply(query, flags), 0, EXTENDED_ERROR, data);
  }

  private static DnsException failure(UdpResolver resolver) {
    return failure(
        Domains.of(resolver, Policy.limit(1).withRetry(Retry.upTo(3)))
            .probeAll(Flowable.just(NAME.value()))
            .blockingFirst());
  }

  private static DnsException failure(Outcome<String, Answer> outcome) {
    return (DnsException) ((Failure<String, Answer>) outcome).cause();
  }

  @ParameterizedTest
  @CsvSource({"4, Forged Answer", "15, Blocked", "16, Censored", "17, Filtered", "18, Prohibited"})
  void aDenialOfAResolverThatBlocksTheNameIsAFailure(int code, String name) {
    try (ScriptedNameServer server = saying(NXDOMAIN, code, "");
        UdpResolver resolver = asking(server)) {
      DnsException failure = failure(resolver);
      assertEquals(
          "await.dev A: NXDOMAIN, because the resolver blocks the name (Extended DNS Error "
              + code
              + ", "
              + name
              + "), from "
              + ServerAddress.text(server.address())
              + ", 1 try",
          failure.getMessage());
      assertEquals(Reason.OTHER_RCODE, failure.reason());
      assertFalse(failure.isTransient());
      assertEquals(1, server.asked(), "the same server would say the same again");
    }
  }

  @Test
  void recordsOfABlockedNameAreAFailure() {
    try (ScriptedNameServer server = saying(NXDOMAIN, 15, "by policy");
        UdpResolver resolver = asking(server)) {
      resolver
          .query(NAME, RecordKind.NS)
          .test()
          .awaitDone(10, SECONDS)
          .assertError(
              e ->
                  String.valueOf(e.getMessage())
                      .contains("blocks the name (Extended DNS Error 15, Blocked: by policy)"));
    }
  }

  @Test
  void anotherServerIsAskedForABlockedName() {
    try (ScriptedNameServer blocking = saying(NXDOMAIN, 17, "");
        ScriptedNameServer open =
            ScriptedNameServer.answering(ScriptedNameServer.ReceivedQuery::found);
        UdpResolver resolver = asking(blocking, open)) {
      for (int i = 0; i < 10; i++) {
        ask(resolver).assertValueCount(1);
      }
      assertTrue(blocking.asked() > 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 9, 22, 29, 49_152})
  void aDenialWithAnotherErrorIsADenial(int code) {
    try (ScriptedNameServer server = saying(NXDOMAIN, code, "text");
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertResult();
    }
  }

  @Test
  void theErrorThatBlocksMayBeTheSecondOne() {
    byte[] first = join(u16(2), u16(22));
    byte[] second = join(u16(EXTENDED_ERROR), u16(2), u16(16));
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received ->
                    received.send(
                        withOptions(
                            reply(received.query(), NXDOMAIN),
                            join(u16(EXTENDED_ERROR), first, second))));
        UdpResolver resolver = asking(server)) {
      assertFailed(ask(resolver), Reason.OTHER_RCODE, "Extended DNS Error 16, Censored");
    }
  }

  @Test
  void aMalformedOptionSaysNothing() {
    byte[][] options = {
      join(u16(EXTENDED_ERROR), u16(1), new byte[1]),
      join(u16(EXTENDED_ERROR), u16(200), u16(15)),
      join(u16(EXTENDED_ERROR), u16(0)),
      u16(EXTENDED_ERROR),
    };
    for (byte[] option : options) {
      try (ScriptedNameServer server =
              ScriptedNameServer.answering(
                  received ->
                      received.send(withOptions(reply(received.query(), NXDOMAIN), option)));
          UdpResolver resolver = asking(server)) {
        ask(resolver).assertResult();
      }
    }
  }

  private static byte[] withOptions(byte[] reply, byte[] options) {
    byte[] longer = join(reply, Packets.hex("00 0029 0400 00000000"), u16(options.length), options);
    longer[11] = 1;
    return longer;
  }

  @Test
  void aFailureSaysWhy() {
    try (ScriptedNameServer server = saying(SERVFAIL, 22, "delegation lame");
        UdpResolver resolver = asking(server)) {
      assertFailed(
          ask(resolver),
          Reason.SERVFAIL,
          "SERVFAIL (Extended DNS Error 22, No Reachable Authority: delegation lame) from ");
    }
    try (ScriptedNameServer server = saying(SERVFAIL, 49_153, "");
        UdpResolver resolver = asking(server)) {
      assertFailed(ask(resolver), Reason.SERVFAIL, "SERVFAIL (Extended DNS Error 49153) from ");
    }
  }

  @Test
  void theTextOfAServerIsEscapedAndBounded() {
    try (ScriptedNameServer server = saying(NXDOMAIN, 15, "\u001b[31m\r\n" + "ä".repeat(300));
        UdpResolver resolver = asking(server)) {
      String message = String.valueOf(failure(resolver).getMessage());
      assertTrue(message.contains("Blocked: <U+001B>[31m<U+000D><U+000A>ää"), message);
      assertTrue(message.contains("ä…)") && message.length() < 400, message);
    }
    try (ScriptedNameServer server = saying(NXDOMAIN, 15, "x".repeat(1_000) + "\0");
        UdpResolver resolver = asking(server)) {
      assertTrue(String.valueOf(failure(resolver).getMessage()).length() < 400);
    }
    try (ScriptedNameServer server = saying(NXDOMAIN, 15, "ended\0");
        UdpResolver resolver = asking(server)) {
      assertFailed(ask(resolver), Reason.OTHER_RCODE, "Blocked: ended)");
    }
  }
}
