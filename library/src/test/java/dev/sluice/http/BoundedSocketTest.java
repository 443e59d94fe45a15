package dev.sluice.http;

import static dev.sluice.Answers.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class BoundedSocketTest {
  @Test
  @SuppressWarnings("try") // Closing is the point.
  void aClosedSocketThrowsOnWriteAndNotOnSetSoTimeout() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket wire = connected(server, 10)) {
      var out = wire.getOutputStream();
      wire.close();
      wire.setSoTimeout(0);
      assertThrows(SocketException.class, () -> out.write(bytes("GET")));
    }
  }

  @Test
  void theLimitCountsFromTheLastWrite() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket wire = connected(server, 10);
        Socket far = server.accept()) {
      far.getOutputStream().write(new byte[25]);
      var in = wire.getInputStream();
      assertEquals(10, in.readNBytes(10).length);
      wire.getOutputStream().write(bytes("GET"));
      assertEquals(0, in.read());
      assertEquals(9, in.readNBytes(9).length);
      var tooMuch = assertThrows(IOException.class, in::read);
      assertEquals("more than 10 bytes in answer to one request", tooMuch.getMessage());
    }
  }

  private static Socket connected(ServerSocket server, long maxBytes) throws IOException {
    Socket wire = new BoundedSocket(maxBytes, null, new LostRequests());
    wire.connect(server.getLocalSocketAddress());
    return wire;
  }
}
