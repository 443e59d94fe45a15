package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** The server of the tests. */
class RawServerTest {
  private static final int SERVERS = 500;

  @Test
  void aClosedServerAcceptsNoConnection() {
    for (int i = 0; i < SERVERS; i++) {
      RawServer server = RawServer.saying(Answers.status("200 OK"));
      connect(server);
      server.awaitOpen(0);
      server.close();
      int accepted = server.accepted();
      connect(server);
      assertEquals(accepted, server.accepted());
    }
  }

  /** Connects once; a refusal is an answer too. */
  private static void connect(RawServer server) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.base().getPort())) {
      socket.shutdownOutput();
    } catch (IOException e) {
      return; // Refused.
    }
  }
}
