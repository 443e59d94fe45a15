package dev.sluice.dns;

import dev.sluice.dns.ScriptedNameServer.ReceivedQuery;
import dev.sluice.dns.wire.Packets;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Servers on loopback that send and expect cookies. */
abstract class CookieFixture extends UdpFixture {
  static final int COOKIE = 10;
  static final int CLIENT = 8;
  static final int FORMERR = 1;
  // BADCOOKIE is 23: the high bits are in the OPT record.
  static final int BADCOOKIE_LOW = 7;
  static final int BADCOOKIE_HIGH = 1;
  static final byte[] OF_SERVER = Packets.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");

  final List<String> cookies = new CopyOnWriteArrayList<>();
  final List<Boolean> byTcp = new CopyOnWriteArrayList<>();

  ScriptedNameServer server(ScriptedNameServer.Script script) {
    return ScriptedNameServer.answering(
        received -> {
          cookies.add(HexFormat.of().formatHex(Packets.cookieOf(received.query())));
          byTcp.add(received.isTcp());
          script.answer(received);
        });
  }

  UdpResolver withCookies(ScriptedNameServer... servers) {
    return UdpResolver.withClock(
        to(List.of(servers).stream().map(ScriptedNameServer::address).toList()).withCookies(),
        clock::get);
  }

  static byte[] clientOf(ReceivedQuery received) {
    return Arrays.copyOf(Packets.cookieOf(received.query()), CLIENT);
  }

  static byte[] found(ReceivedQuery received) {
    return Packets.reply(received.query(), 0, received.address());
  }

  static byte[] with(byte[] cookie, byte[] reply) {
    return Packets.withOption(reply, 0, COOKIE, cookie);
  }

  static void foundWithCookie(ReceivedQuery received) throws IOException {
    received.send(with(Packets.join(clientOf(received), OF_SERVER), found(received)));
  }

  static void badCookie(ReceivedQuery received) throws IOException {
    byte[] cookie = Packets.join(clientOf(received), OF_SERVER);
    byte[] reply = Packets.reply(received.query(), BADCOOKIE_LOW);
    received.send(Packets.withOption(reply, BADCOOKIE_HIGH, COOKIE, cookie));
  }
}
