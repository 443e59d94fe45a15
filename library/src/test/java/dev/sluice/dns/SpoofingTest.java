package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.dns.wire.Packets;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An attacker who guesses answers: RFC 5452. */
@Timeout(60)
class SpoofingTest extends UdpFixture {
  @Test
  void aFewWrongIdsLeadToTcp() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(received -> forge(received, 4));
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(2, server.asked(), "one by UDP and one by TCP, without a timeout");
    }
  }

  @Test
  void aFewWrongLettersLeadToTcp() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  if (received.isTcp()) {
                    received.found();
                    return;
                  }
                  for (int i = 0; i < 4; i++) {
                    byte[] lie = Packets.reply(received.query(), NXDOMAIN);
                    lie[13 + i] ^= 0x20;
                    received.send(lie);
                  }
                });
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(2, server.asked());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void fewerWrongIdsAreIgnored(int lies) {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  forge(received, lies);
                  received.found();
                });
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(1, server.asked());
    }
  }

  @Test
  void duplicateAndLateAnswersOfOtherQueriesAreNoAttack() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  for (int i = 0; i < 20; i++) {
                    received.found();
                  }
                });
        UdpResolver resolver = asking(server)) {
      for (int i = 0; i < 20; i++) {
        await(resolver.resolve(DomainName.of("n" + i + ".dev")).test()).assertValueCount(1);
      }
      assertEquals(20, server.asked());
    }
  }

  @Test
  void everyTryHasAnotherPortAnotherIdAndAnotherLetterCase() {
    List<ScriptedNameServer.ReceivedQuery> tries = new CopyOnWriteArrayList<>();
    String label = "a".repeat(60);
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                received -> {
                  if (received.name().startsWith("other")) {
                    received.found();
                  } else {
                    tries.add(received);
                  }
                });
        UdpResolver resolver = asking(server)) {
      TestObserver<Answer> observer = resolver.resolve(DomainName.of(label + ".dev")).test();
      for (int i = 1; i <= 3; i++) {
        awaitAsked(server, 2 * i - 1);
        // An answer on the same port: the port is in order, and is not replaced for silence.
        advance(resolver, 1);
        await(resolver.resolve(DomainName.of("other.dev")).test()).assertValueCount(1);
        advance(resolver, 1);
      }
      await(observer).assertError(DnsException.class);
    }
    for (int i = 1; i < 3; i++) {
      SocketAddress port = tries.get(i).from();
      assertNotEquals(tries.get(i - 1).from(), port, "the port of try " + (i + 1));
      byte[] question = Packets.question(tries.get(i).query());
      assertTrue(
          !Arrays.equals(Packets.question(tries.get(i - 1).query()), question),
          "the letter case of try " + (i + 1));
      assertTrue(hasBothCases(question), "a random letter case in try " + (i + 1));
    }
  }

  private static boolean hasBothCases(byte[] question) {
    int upper = 0;
    for (int i = 1; i <= 60; i++) {
      upper += question[i] == 'A' ? 1 : 0;
    }
    return upper > 0 && upper < 60;
  }

  private static void forge(ScriptedNameServer.ReceivedQuery received, int lies)
      throws IOException {
    if (received.isTcp()) {
      received.found();
      return;
    }
    for (int i = 1; i <= lies; i++) {
      byte[] lie = Packets.reply(received.query(), NXDOMAIN);
      lie[1] = (byte) (lie[1] + i);
      received.send(lie);
    }
  }
}
