package dev.sluice.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Locale;

/** Messages byte for byte, by another hand than the one that reads them. */
final class Packets {
  static final int A = 1;
  static final int CNAME = 5;
  static final int AAAA = 28;
  static final int DNAME = 39;
  static final int SERVFAIL = 2;
  static final int NXDOMAIN = 3;
  static final int REFUSED = 5;
  static final int TRUNCATED = 0x0200;

  private Packets() {}

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** A name without compression. */
  static byte[] name(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String label : text.isEmpty() ? new String[0] : text.split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(US_ASCII));
    }
    out.write(0);
    return out.toByteArray();
  }

  /** The name asked for, as a pointer. */
  static byte[] asked() {
    return new byte[] {(byte) 0xC0, 12};
  }

  static byte[] record(byte[] owner, int type, byte[] data) {
    return join(owner, u16(type), u16(1), new byte[] {0, 0, 0, 60}, u16(data.length), data);
  }

  /** The answer to a query: its id and question, these flags beside QR and RD, these records. */
  static byte[] reply(byte[] query, int flags, byte[]... answers) {
    byte[] header = join(u16(id(query)), u16(0x8180 | flags), u16(1), u16(answers.length));
    return join(header, new byte[4], question(query), join(answers));
  }

  static int id(byte[] query) {
    return ((query[0] & 0xFF) << 8) | (query[1] & 0xFF);
  }

  static byte[] question(byte[] query) {
    int end = 12;
    while (query[end] != 0) {
      end += 1 + query[end];
    }
    return java.util.Arrays.copyOfRange(query, 12, end + 5);
  }

  /** The name in lower case, without its trailing dot. */
  static String nameOf(byte[] query) {
    StringBuilder text = new StringBuilder();
    for (int at = 12; query[at] != 0; at += 1 + query[at]) {
      text.append(text.isEmpty() ? "" : ".").append(new String(query, at + 1, query[at], US_ASCII));
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }

  static int typeOf(byte[] query) {
    byte[] question = question(query);
    return question[question.length - 3];
  }

  static boolean hasEdns(byte[] query) {
    return query[11] == 1;
  }

  static byte[] u16(int value) {
    return new byte[] {(byte) (value >> 8), (byte) value};
  }
}
