package dev.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;

/**
 * A zone file of numbered names, made while it is read: two NS records for each, as a registry
 * gives it to subscribers.
 */
final class ZoneText extends InputStream {
  private static final String HEAD =
      """
      com.\t900\tin\tsoa\ta.gtld-servers.net. nstld.verisign-grs.com. 1 1800 900 604800 86400
      com.\t172800\tin\tns\ta.gtld-servers.net.
      """;
  private static final String[] RECORDS = {
    ".com.\t172800\tin\tns\tns1.dns-parking.com.\n", ".com.\t172800\tin\tns\tns2.dns-parking.com.\n"
  };

  /** Odd, so that each number below 2^40 has another label. */
  private static final long FACTOR = 0x9e3779b97L;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int LONGEST_ENTRY = 256;
  private static final long LABELS = 1L << 40;

  private final long names;
  private long next;
  private byte[] lines = HEAD.getBytes(US_ASCII);
  private int at;
  private int end = lines.length;

  ZoneText(long names) {
    this.names = names;
  }

  /** The label of a number: up to eight letters and digits. */
  static String label(long number) {
    return Long.toString(number * FACTOR & (LABELS - 1), Character.MAX_RADIX);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (at == end && !refill()) {
      return -1;
    }
    int count = Math.min(length, end - at);
    System.arraycopy(lines, at, bytes, offset, count);
    at += count;
    return count;
  }

  @SuppressWarnings("deprecation") // Copies the low octet of each character, which is ASCII.
  private boolean refill() {
    if (next == names) {
      return false;
    }
    if (lines.length < BUFFER_BYTES) {
      lines = new byte[BUFFER_BYTES];
    }
    at = 0;
    end = 0;
    while (next < names && end < BUFFER_BYTES - LONGEST_ENTRY) {
      String label = label(next++);
      for (String record : RECORDS) {
        label.getBytes(0, label.length(), lines, end);
        end += label.length();
        record.getBytes(0, record.length(), lines, end);
        end += record.length();
      }
    }
    return true;
  }
}
