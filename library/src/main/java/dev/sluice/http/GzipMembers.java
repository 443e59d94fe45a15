package dev.sluice.http;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import okio.Buffer;
import okio.BufferedSource;
import okio.Source;
import okio.Timeout;

/**
 * The content of a gzip stream with one member or several (RFC 1952, section 2.2). OkHttp reads the
 * first one only. Everything behind the last member is an error.
 */
final class GzipMembers implements Source {
  private static final int STEP = 8_192;
  private static final int MAGIC = 0x1f8b;
  private static final int DEFLATE = 8;
  private static final int HEADER_SUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final BufferedSource packed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 sum = new CRC32();
  private final byte[] input = new byte[STEP];
  private final byte[] output = new byte[STEP];

  /** Received and not yet given to the inflater. */
  private Buffer rest = new Buffer();

  private int given;
  private boolean inMember;
  private boolean first = true;

  GzipMembers(BufferedSource packed) {
    this.packed = packed;
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    if (byteCount == 0) {
      return 0;
    }
    int length = (int) Math.min(byteCount, STEP);
    while (inMember || hasMember()) {
      int count = inflate(length);
      sum.update(output, 0, count);
      sink.write(output, 0, count);
      if (inflater.finished()) {
        endMember();
      }
      if (count > 0) {
        return count;
      }
    }
    return -1;
  }

  private int inflate(int length) throws IOException {
    try {
      if (inflater.needsInput()) {
        require(1);
        given = rest.read(input, 0, STEP);
        inflater.setInput(input, 0, given);
      }
      int count = inflater.inflate(output, 0, length);
      if (inflater.needsDictionary()) {
        throw new IOException("gzip: needs a dictionary");
      }
      return count;
    } catch (DataFormatException e) {
      throw new IOException("gzip: " + e.getMessage(), e);
    }
  }

  /** Reads the header of the next member. False at the end of the stream. */
  private boolean hasMember() throws IOException {
    if (!first && !fill(1)) {
      return false;
    }
    first = false;
    require(10);
    if ((rest.readShort() & 0xffff) != MAGIC || rest.readByte() != DEFLATE) {
      throw new IOException("gzip: no header where one is due");
    }
    int flags = rest.readByte();
    rest.skip(6);
    if ((flags & EXTRA) != 0) {
      require(2);
      skip(rest.readShortLe() & 0xffff);
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
    Buffer more =
        new Buffer().write(input, given - inflater.getRemaining(), inflater.getRemaining());
    more.writeAll(rest);
    rest = more;
    require(8);
    if (rest.readIntLe() != (int) sum.getValue()) {
      throw new IOException("gzip: wrong check sum");
    }
    if (rest.readIntLe() != (int) inflater.getBytesWritten()) {
      throw new IOException("gzip: wrong length");
    }
    sum.reset();
    inflater.reset();
    inMember = false;
  }

  private void skipText() throws IOException {
    do {
      require(1);
    } while (rest.readByte() != 0);
  }

  private void skip(int count) throws IOException {
    require(count);
    rest.skip(count);
  }

  private void require(int count) throws IOException {
    if (!fill(count)) {
      throw new EOFException("gzip: unexpected end");
    }
  }

  /** Whether so many bytes are there. */
  private boolean fill(int count) throws IOException {
    while (rest.size() < count) {
      if (packed.read(rest, STEP) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Timeout timeout() {
    return packed.timeout();
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    packed.close();
  }
}
