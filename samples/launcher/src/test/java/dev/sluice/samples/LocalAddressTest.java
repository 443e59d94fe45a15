package dev.sluice.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LocalAddressTest {
  private static final InetAddress LOOPBACK = LocalAddress.parse("127.0.0.1", "::1");

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1:8001",
    "0.0.0.0, 127.0.0.1:8001",
    "::1, [0:0:0:0:0:0:0:1]:8001",
    "localhost, 127.0.0.1:8001"
  })
  void namesTheServerAsALocalClientReachesIt(String address, String expected) {
    assertEquals(expected, LocalAddress.hostAndPort(LocalAddress.parse(address, "::1"), 8001));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "example.org", "1.2.3", "256.0.0.1", "127.0.0.1:80"})
  void refusesWhatIsNotAnAddress(String text) {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> LocalAddress.parse(text, "::1"));
    assertEquals(
        "'"
            + text
            + "' is not an address: allowed are those of this machine, such as 127.0.0.1"
            + " or ::1",
        refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "65536", "99999999999", "http", "1e3", "+3", "\u0663"})
  void refusesWhatIsNotAPort(String text) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> LocalAddress.parsePort(text));
    assertEquals(
        "'" + text + "' is not a port: allowed are 0 (any that is free) to 65535",
        refusal.getMessage());
  }

  @Test
  void saysThatThePortIsInUse() throws IOException {
    try (ServerSocket first = new ServerSocket(0, 1, LOOPBACK)) {
      int port = first.getLocalPort();
      assertEquals("port " + port + " on 127.0.0.1 is in use", messageOf(LOOPBACK, port));
    }
  }

  @Test
  void saysThatTheAddressBelongsToAnotherMachine() throws IOException {
    InetAddress documentation = InetAddress.getByName("192.0.2.1");
    assertEquals("192.0.2.1 is not an address of this machine", messageOf(documentation, 0));
  }

  @Test
  void saysThatTheUserMayNotListenOnThisPort() {
    IOException failure =
        LocalAddress.cannotListen(LOOPBACK, 80, new SocketException("Permission denied"));
    assertEquals("this user may not listen on port 80 on 127.0.0.1", failure.getMessage());
  }

  @Test
  void keepsAReasonThatItDoesNotKnow() {
    IOException failure =
        LocalAddress.cannotListen(LOOPBACK, 80, new SocketException("Too many open files"));
    assertEquals(
        "cannot listen on port 80 on 127.0.0.1: Too many open files", failure.getMessage());
  }

  private static String messageOf(InetAddress address, int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      var cause =
          assertThrows(IOException.class, () -> socket.bind(new InetSocketAddress(address, port)));
      return String.valueOf(LocalAddress.cannotListen(address, port, cause).getMessage());
    }
  }
}
