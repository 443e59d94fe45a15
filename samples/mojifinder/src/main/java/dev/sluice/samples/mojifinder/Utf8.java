package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Arrays;

/**
 * Text that becomes bytes as it is written: by way of strings it would take five times as long, and
 * be most of what an answer costs.
 */
final class Utf8 {
  /** At most four bytes of a character. */
  private static final int LONGEST = 4;

  private byte[] bytes;
  private int size;

  Utf8(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  byte[] toBytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** The bytes themselves, and no copy: nothing may be written after. */
  Buffer toBuffer() {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, 0, size));
  }

  /** What is in this encoding already. */
  Utf8 append(byte[] more) {
    makeRoom(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
    return this;
  }

  /** Letters of ASCII only, as all names are. */
  Utf8 appendAscii(String letters) {
    return append(letters.getBytes(ISO_8859_1));
  }

  Utf8 append(char ascii) {
    makeRoom(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  /** See RFC 3629, section 3. */
  Utf8 appendCharacter(int codePoint) {
    if (codePoint < 0x80) {
      return append((char) codePoint);
    }
    makeRoom(LONGEST);
    int more = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
    int lead = more == 1 ? 0xC0 : more == 2 ? 0xE0 : 0xF0;
    bytes[size++] = (byte) (lead | (codePoint >> (6 * more)));
    for (int shift = 6 * (more - 1); shift >= 0; shift -= 6) {
      bytes[size++] = (byte) (0x80 | ((codePoint >> shift) & 0x3F));
    }
    return this;
  }

  /** Puts something else in the place of the last byte. */
  Utf8 replaceLast(char ascii) {
    bytes[size - 1] = (byte) ascii;
    return this;
  }

  private void makeRoom(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }
}
