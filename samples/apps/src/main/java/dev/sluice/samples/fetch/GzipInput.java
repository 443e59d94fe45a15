package dev.sluice.samples.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of a list compressed by gzip, of all its members (RFC 1952, section 2.2). The stream
 * of the JDK ends after a member if no byte of the next one is there yet, as in a pipe, and if the
 * header of the next one is torn.
 */
final class GzipInput extends InputStream {
  private static final int STEP = 8_192;
  private static final int DEFLATE = 8;
  private static final int HEADER_SUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream packed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 sum = new CRC32();
  private boolean inMember;

  /** Bytes that were read; those from {@code at} to {@code end} are not yet used. */
  private final byte[] input = new byte[STEP];

  private int at;
  private int end;

  GzipInput(InputStream packed) {
    this.packed = packed;
  }

  @Override
  public int read() throws IOException {
    byte[] octet = new byte[1];
    return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = 0;
    while (count == 0 && length > 0) {
      if (!inMember && !hasMember()) {
        return -1;
      }
      if (inflater.finished()) {
        endMember();
      } else {
        count = inflate(buffer, offset, length);
      }
    }
    sum.update(buffer, offset, count);
    return count;
  }

  private int inflate(byte[] buffer, int offset, int length) throws IOException {
    if (inflater.needsInput()) {
      require();
      inflater.setInput(input, at, end - at);
      at = end;
    }
    try {
      return inflater.inflate(buffer, offset, length);
    } catch (DataFormatException e) {
      throw fault(String.valueOf(e.getMessage()));
    }
  }

  /** Reads the header of the next member. False at the end of the stream. */
  private boolean hasMember() throws IOException {
    // As gzip does, passes over zeros behind a member: they fill up the blocks of tapes.
    while (isThere() && input[at] == 0) {
      at++;
    }
    if (!isThere()) {
      return false;
    }
    if (number(1) != 0x1F || number(1) != 0x8B || number(1) != DEFLATE) {
      throw fault("there is something else than gzip in it");
    }
    int flags = number(1);
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(number(2));
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_SUM) != 0) {
      skip(2);
    }
    inMember = true;
    return true;
  }

  private void endMember() throws IOException {
    at = end - inflater.getRemaining();
    if (number(4) != (int) sum.getValue()) {
      throw fault("a wrong check sum");
    }
    if (number(4) != (int) inflater.getBytesWritten()) {
      throw fault("a wrong length");
    }
    sum.reset();
    inflater.reset();
    inMember = false;
  }

  private void skipText() throws IOException {
    int octet = number(1);
    while (octet != 0) {
      octet = number(1);
    }
  }

  private void skip(int octets) throws IOException {
    for (int i = 0; i < octets; i++) {
      number(1);
    }
  }

  /** A number of so many octets, the least significant one first. */
  private int number(int octets) throws IOException {
    int number = 0;
    for (int i = 0; i < octets; i++) {
      require();
      number |= (input[at++] & 0xFF) << (8 * i);
    }
    return number;
  }

  private void require() throws IOException {
    if (!isThere()) {
      throw fault("it ends too early");
    }
  }

  /** Whether there is another byte, for which it waits. */
  private boolean isThere() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, packed.read(input));
    }
    return at < end;
  }

  private static ListException fault(String what) {
    return new ListException("cannot be decompressed: " + what);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    packed.close();
  }
}
