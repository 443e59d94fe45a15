package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.AAAA;
import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static dev.sluice.dns.wire.Packets.TRUNCATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.dns.wire.Packets;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers say, and what is passed over. */
class UdpResolverTest extends UdpFixture {
  @ParameterizedTest
  @ValueSource(ints = {3_697, 60_000})
  void aDatagramLongerThanAnybodyAskedForIsCutAndAskedForAgainByTcp(int octets) {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                ask -> {
                  if (ask.isTcp()) {
                    ask.found();
                  } else {
                    byte[] whole = Packets.reply(ask.query(), 0, ask.address());
                    ask.send(Arrays.copyOf(whole, octets));
                  }
                });
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(2, server.asked());
    }
  }

  @Test
  void aNameWithAnAddressIsFoundWithOneQuery() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(ScriptedNameServer.Ask::found);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(answer -> answer.addresses().size() == 1).assertComplete();
      assertEquals(1, server.asked());
    }
  }

  @Test
  void nxdomainIsEmptyAndNothingMoreIsAsked() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(ask -> ask.reply(NXDOMAIN));
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertNoValues().assertComplete();
      assertEquals(1, server.asked());
    }
  }

  @Test
  void aNameWithoutIpv4IsAskedForIpv6() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(UdpResolverTest::onlyIpv6);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(answer -> answer.addresses().get(0).getAddress().length == 16);
      assertEquals(2, server.asked());
    }
  }

  @Test
  void aNameWithoutAnyAddressExists() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(ask -> ask.reply(0));
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(Answer.of(List.of()));
    }
  }

  @Test
  void aServerThatDeniesOnlyTheIpv6NameHasSaidThatItExists() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(ask -> ask.reply(ask.type() == AAAA ? NXDOMAIN : 0));
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(Answer.of(List.of()));
    }
  }

  @Test
  void liesBesideTheTruthArePassedOver() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(UdpResolverTest::lieFirst);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(answer -> answer.addresses().size() == 1);
      assertEquals(1, server.asked());
    }
  }

  @Test
  void whatComesFromAnotherPortIsPassedOver() throws Exception {
    try (DatagramSocket stranger = new DatagramSocket();
        ScriptedNameServer server = ScriptedNameServer.answering(ask -> speakAs(stranger, ask));
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValue(answer -> answer.addresses().size() == 1);
    }
  }

  @Test
  void whatDoesNotFitIsAskedForByTcp() {
    try (ScriptedNameServer server =
            ScriptedNameServer.answering(
                ask -> {
                  if (ask.isTcp()) {
                    ask.found();
                  } else {
                    ask.reply(TRUNCATED);
                  }
                });
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(2, server.asked());
    }
  }

  @Test
  void aServerWithoutEdnsIsRememberedAsSuch() {
    try (ScriptedNameServer server = ScriptedNameServer.answering(UdpResolverTest::formerrOnEdns);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
      assertEquals(2, server.asked());
      ask(resolver).assertValueCount(1);
      assertEquals(3, server.asked());
    }
  }

  @Test
  void serversMayHaveIpv6Addresses() {
    try (ScriptedNameServer server = ScriptedNameServer.at("::1", ScriptedNameServer.Ask::found);
        UdpResolver resolver = asking(server)) {
      ask(resolver).assertValueCount(1);
    }
  }

  private static void onlyIpv6(ScriptedNameServer.Ask ask) throws IOException {
    if (ask.type() == AAAA) {
      ask.found();
    } else {
      ask.reply(0);
    }
  }

  private static void lieFirst(ScriptedNameServer.Ask ask) throws IOException {
    byte[] wrongId = Packets.reply(ask.query(), NXDOMAIN);
    wrongId[1]++;
    byte[] wrongCase = Packets.reply(ask.query(), NXDOMAIN);
    wrongCase[13] ^= 0x20;
    byte[] wrongName = Packets.reply(ask.query(), NXDOMAIN);
    wrongName[14]++;
    byte[] notAResponse = Packets.reply(ask.query(), NXDOMAIN);
    notAResponse[2] = 1;
    for (byte[] lie : List.of(wrongId, wrongCase, wrongName, notAResponse, new byte[] {1})) {
      ask.send(lie);
    }
    ask.found();
  }

  private static void speakAs(DatagramSocket stranger, ScriptedNameServer.Ask ask)
      throws IOException {
    byte[] lie = Packets.reply(ask.query(), NXDOMAIN);
    stranger.send(new DatagramPacket(lie, lie.length, ask.from()));
    ask.found();
  }

  private static void formerrOnEdns(ScriptedNameServer.Ask ask) throws IOException {
    if (ask.hasEdns()) {
      byte[] query = ask.query();
      ask.send(new byte[] {query[0], query[1], (byte) 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0});
    } else {
      ask.found();
    }
  }
}
