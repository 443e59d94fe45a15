package dev.sluice.samples.domains;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries with and without cookies. */
@Timeout(60)
class CookieOptionTest {
  /** The code and the length of a COOKIE option without the octets of a server. */
  private static final String COOKIE = "000a0008";

  @ParameterizedTest
  @CsvSource({
    "probe -r,false",
    "probe --cookies -r,true",
    "check --rdap http://127.0.0.1:1/dns.json -s,false",
    "check --rdap http://127.0.0.1:1/dns.json --cookies -s,true"
  })
  @SuppressWarnings("try") // The close ends the thread of the server.
  void queriesCarryCookiesIfTheOptionSaysSo(String command, boolean cookies) throws Exception {
    List<Boolean> asked = new CopyOnWriteArrayList<>();
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> deny(server, asked));
      thread.start();
      String address = "127.0.0.1:" + server.getLocalPort();
      Run unused = Run.of((command + " " + address + " a.test").split(" "));
      server.close();
      thread.join();
    }
    assertEquals(cookies, asked.get(0));
  }

  /** Answers each query with itself as a denial. */
  private static void deny(DatagramSocket server, List<Boolean> asked) {
    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
    try {
      while (true) {
        server.receive(packet);
        byte[] message = packet.getData();
        String text = HexFormat.of().formatHex(message, 0, packet.getLength());
        asked.add(text.contains(COOKIE));
        message[2] |= (byte) 0x80;
        message[3] = (byte) 0x83;
        server.send(packet);
      }
    } catch (IOException e) {
      return; // Closed.
    }
  }
}
