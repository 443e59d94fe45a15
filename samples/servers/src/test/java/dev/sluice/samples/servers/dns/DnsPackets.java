package dev.sluice.samples.servers.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;

/** Messages as bytes, written by hand after RFC 1035, and sent over real sockets. */
final class DnsPackets {
  private static final int MILLIS = 10_000;

  private DnsPackets() {}

  /** Bytes from hexadecimal digits; text in quotes is ASCII, blanks are skipped. */
  static byte[] bytes(String text) {
    StringBuilder hex = new StringBuilder();
    String[] parts = text.split("'", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 0) {
        hex.append(parts[i].replaceAll("\\s", ""));
      } else {
        parts[i].chars().forEach(c -> hex.append(HexFormat.of().toHexDigits((byte) c)));
      }
    }
    return HexFormat.of().parseHex(hex);
  }

  static byte[] overUdp(InetSocketAddress server, byte[] message) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(MILLIS);
      socket.connect(server);
      send(socket, message);
      return receive(socket);
    }
  }

  static void send(DatagramSocket socket, byte[] message) throws IOException {
    socket.send(new DatagramPacket(message, message.length));
  }

  static byte[] receive(DatagramSocket socket) throws IOException {
    DatagramPacket answer = new DatagramPacket(new byte[65_535], 65_535);
    socket.receive(answer);
    return Arrays.copyOf(answer.getData(), answer.getLength());
  }

  static Socket connect(InetSocketAddress server) throws IOException {
    Socket socket = new Socket(server.getAddress(), server.getPort());
    socket.setSoTimeout(MILLIS);
    return socket;
  }

  static void send(Socket socket, byte[] message) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeShort(message.length);
    out.write(message);
  }

  static byte[] receive(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    return in.readNBytes(in.readUnsignedShort());
  }

  static byte[] overTcp(InetSocketAddress server, byte[] message) throws IOException {
    try (Socket socket = connect(server)) {
      send(socket, message);
      return receive(socket);
    }
  }
}
