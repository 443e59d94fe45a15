package dev.sluice.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * JSON in UTF-8, in an array that grows. Escapes what Jackson's generator escapes, so that lines
 * are the same, byte by byte, as those that it has written: also surrogates, of which a key may
 * have half a pair.
 */
final class JsonBytes {
  private static final int USUAL_BYTES = 512;

  /** A larger array is not kept: one long message must not take its memory for a whole run. */
  private static final int MOST_KEPT_BYTES = 256 * 1024;

  /** The most bytes of a char: {@code \}{@code u001F}. */
  private static final int BYTES_PER_CHAR = 6;

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(ISO_8859_1);

  /** For each ASCII character 0 if it stands for itself, else the letter after its backslash. */
  private static final byte[] ESCAPES = new byte[0x80];

  static {
    Arrays.fill(ESCAPES, 0, ' ', (byte) 'u');
    ESCAPES['\b'] = 'b';
    ESCAPES['\t'] = 't';
    ESCAPES['\n'] = 'n';
    ESCAPES['\f'] = 'f';
    ESCAPES['\r'] = 'r';
    ESCAPES['"'] = '"';
    ESCAPES['\\'] = '\\';
  }

  private byte[] bytes = new byte[USUAL_BYTES];
  private int size;

  void clear() {
    size = 0;
    if (bytes.length > MOST_KEPT_BYTES) {
      bytes = new byte[USUAL_BYTES];
    }
  }

  /** The array, of which the first {@link #size} bytes count. */
  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** How often a character occurs in the first bytes. */
  int count(char ascii, long until) {
    int count = 0;
    for (int i = 0; i < Math.min(until, size); i++) {
      count += bytes[i] == ascii ? 1 : 0;
    }
    return count;
  }

  JsonBytes add(byte[] json) {
    makeRoom(json.length);
    System.arraycopy(json, 0, bytes, size, json.length);
    size += json.length;
    return this;
  }

  void add(char ascii) {
    makeRoom(1);
    bytes[size++] = (byte) ascii;
  }

  /** Adds a text in quotes. */
  void text(String text) {
    int length = text.length();
    makeRoom(2 + Math.multiplyExact(BYTES_PER_CHAR, length));
    bytes[size++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ESCAPES.length && ESCAPES[c] == 0) {
        bytes[size++] = (byte) c;
      } else {
        addEncoded(c);
      }
    }
    bytes[size++] = '"';
  }

  private void addEncoded(char c) {
    if (c < ESCAPES.length) {
      escape(c, ESCAPES[c]);
    } else if (Character.isSurrogate(c)) {
      escape(c, (byte) 'u');
    } else if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | (c >> 6));
      bytes[size++] = (byte) (0x80 | (c & 0x3F));
    } else {
      bytes[size++] = (byte) (0xE0 | (c >> 12));
      bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
      bytes[size++] = (byte) (0x80 | (c & 0x3F));
    }
  }

  private void escape(char c, byte letter) {
    bytes[size++] = '\\';
    bytes[size++] = letter;
    if (letter == 'u') {
      for (int shift = 12; shift >= 0; shift -= 4) {
        bytes[size++] = HEX[(c >> shift) & 0xF];
      }
    }
  }

  void number(long number) {
    if (number < 0) {
      add(Long.toString(number).getBytes(ISO_8859_1));
      return;
    }
    int count = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      count++;
    }
    digits(number, count);
  }

  /** Adds a number that is not negative with so many digits, the first of which may be zeros. */
  void digits(long number, int count) {
    makeRoom(count);
    size += count;
    long rest = number;
    for (int i = size - 1; i >= size - count; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private void makeRoom(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
  }
}
