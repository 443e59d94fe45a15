package dev.sluice.dns.engine;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sluice.dns.wire.Cookie;
import dev.sluice.dns.wire.RandomBits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** The cookie of a server, for each address of this machine. */
class ServerCookieTest {
  @Test
  void aNewAddressOfThisMachineNeedsANewCookie() throws UnknownHostException {
    RandomBits random = new RandomBits();
    InetAddress home = InetAddress.getByName("192.0.2.1");
    InetAddress away = InetAddress.getByName("192.0.2.2");
    Server server = new Server(new InetSocketAddress(home, 53), 0);
    server.needCookie(home, random);
    Cookie first = server.cookie;
    assertNotNull(first);
    server.needCookie(InetAddress.getByName("192.0.2.1"), random);
    assertSame(first, server.cookie);
    server.needCookie(away, random);
    assertNotSame(first, server.cookie);
  }
}
