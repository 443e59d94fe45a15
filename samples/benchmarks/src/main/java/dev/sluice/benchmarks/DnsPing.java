package dev.sluice.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Checks that a name server runs and has loaded its zone. */
final class DnsPing {
  private static final int TIMEOUT_MILLIS = 500;
  private static final int SOA = 6;
  private static final int ANSWERS = 7;

  private DnsPing() {}

  /** Whether the server answers a query for the SOA of the zone with one. */
  static boolean hasZone(InetSocketAddress server, String zone) {
    byte[] question = question(zone);
    byte[] answer = new byte[512];
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.send(new DatagramPacket(question, question.length, server));
      socket.receive(new DatagramPacket(answer, answer.length));
      return answer[ANSWERS] == 1;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** RFC 1035, section 4.1: a header with RD set, and one question. */
  private static byte[] question(String zone) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(new byte[] {0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    for (String label : zone.split("\\.", -1)) {
      message.write(label.length());
      message.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    message.writeBytes(new byte[] {0, 0, SOA, 0, 1});
    return message.toByteArray();
  }
}
