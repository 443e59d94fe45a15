package dev.sluice.samples.servers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ResetsTest {
  @Test
  void aTenthIsCutOff() {
    List<Boolean> cut =
        FaultTesting.replies(new Resets(0.1), 1, 1_000).stream().map(DelayedResponse::cut).toList();
    assertEquals(100, Collections.frequency(cut, true), 30);
  }

  @Test
  void resetsTheConnectionInTheMiddleOfTheBody() throws IOException {
    try (HttpServer server = FaultTesting.server(new Resets(1));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
      socket
          .getOutputStream()
          .write(RawHttpClient.request("GET", "/").getBytes(StandardCharsets.US_ASCII));
      StringBuilder read = new StringBuilder();
      InputStream in = socket.getInputStream();
      SocketException e =
          assertThrows(
              SocketException.class,
              () -> {
                for (int next = in.read(); next >= 0; next = in.read()) {
                  read.append((char) next);
                }
              });
      assertTrue(String.valueOf(e.getMessage()).contains("reset"), e::getMessage);
      assertTrue(read.toString().startsWith("HTTP/1.1 200 OK\r\n"), read::toString);
      assertTrue(read.toString().endsWith("\r\n\r\n200 OK: a body "), read::toString);
    }
  }

  @Test
  void goesOnWithOtherConnections() throws IOException {
    try (HttpServer server = FaultTesting.server(new Resets(0.5))) {
      int whole = 0;
      for (int i = 0; i < 40; i++) {
        whole += isWhole(server) ? 1 : 0;
      }
      assertEquals(20, whole, 12);
      String statistics = RawHttpClient.get(server.uri(), "/stats").body();
      assertTrue(statistics.contains("\"resets\":" + (40 - whole) + ","), statistics);
    }
  }

  private static boolean isWhole(HttpServer server) throws IOException {
    try {
      return RawHttpClient.get(server.uri(), "/").status() == 200;
    } catch (SocketException e) {
      return false;
    }
  }

  @Test
  void refusesANumberThatIsNoProbability() {
    assertThrows(IllegalArgumentException.class, () -> new Resets(1.1));
  }
}
