package dev.sluice.dns.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Locale;

/** Writes messages byte by byte, without using the code under test. */
public final class Packets {
  public static final int A = 1;
  public static final int CNAME = 5;
  public static final int NS = 2;
  public static final int SOA = 6;
  public static final int MX = 15;
  public static final int TXT = 16;
  public static final int AAAA = 28;
  public static final int DNAME = 39;
  public static final int CAA = 257;
  public static final int SERVFAIL = 2;
  public static final int NXDOMAIN = 3;
  public static final int REFUSED = 5;
  public static final int TRUNCATED = 0x0200;

  private Packets() {}

  public static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** A name without compression. */
  public static byte[] name(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String label : text.isEmpty() ? new String[0] : text.split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(US_ASCII));
    }
    out.write(0);
    return out.toByteArray();
  }

  /** A pointer to the name of the question. */
  public static byte[] asked() {
    return new byte[] {(byte) 0xC0, 12};
  }

  public static byte[] record(byte[] owner, int type, byte[] data) {
    return join(owner, u16(type), u16(1), new byte[] {0, 0, 0, 60}, u16(data.length), data);
  }

  /**
   * The response to a query with its id and question, more flags than QR, RD and RA, and records.
   */
  public static byte[] reply(byte[] query, int flags, byte[]... answers) {
    byte[] header = join(u16(id(query)), u16(0x8180 | flags), u16(1), u16(answers.length));
    return join(header, new byte[4], question(query), join(answers));
  }

  /** A reply with records in its authority section. */
  public static byte[] withAuthority(byte[] reply, byte[]... records) {
    byte[] longer = join(reply, join(records));
    longer[9] = (byte) records.length;
    return longer;
  }

  /** A reply with an OPT record that has one option, and with the high bits of its RCODE. */
  public static byte[] withOption(byte[] reply, int highRcode, int option, byte[] data) {
    byte[] fixed = {0, 0, 41, 4, (byte) 208, (byte) highRcode, 0, 0, 0};
    byte[] longer = join(reply, fixed, u16(4 + data.length), u16(option), u16(data.length), data);
    longer[11] = 1;
    return longer;
  }

  /** The COOKIE option of a query; empty without one. */
  public static byte[] cookieOf(byte[] query) {
    int opt = 12 + question(query).length;
    int at = opt + 15;
    return at < query.length && query[at - 3] == 10
        ? java.util.Arrays.copyOfRange(query, at, query.length)
        : new byte[0];
  }

  public static int id(byte[] query) {
    return ((query[0] & 0xFF) << 8) | (query[1] & 0xFF);
  }

  public static byte[] question(byte[] query) {
    int end = 12;
    while (query[end] != 0) {
      end += 1 + query[end];
    }
    return java.util.Arrays.copyOfRange(query, 12, end + 5);
  }

  /** The name in lower case, without its trailing dot. */
  public static String nameOf(byte[] query) {
    StringBuilder text = new StringBuilder();
    for (int at = 12; query[at] != 0; at += 1 + query[at]) {
      text.append(text.isEmpty() ? "" : ".").append(new String(query, at + 1, query[at], US_ASCII));
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }

  public static int typeOf(byte[] query) {
    byte[] question = question(query);
    return ((question[question.length - 4] & 0xFF) << 8) | (question[question.length - 3] & 0xFF);
  }

  public static boolean hasEdns(byte[] query) {
    return query[11] == 1;
  }

  public static byte[] u16(int value) {
    return new byte[] {(byte) (value >> 8), (byte) value};
  }
}
