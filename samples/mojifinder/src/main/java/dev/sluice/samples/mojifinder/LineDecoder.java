package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.util.Optional;

/**
 * Splits the bytes of one client into lines. Between two reads it keeps at most one incomplete
 * line; of a line that is too long it keeps only the length.
 */
final class LineDecoder {
  static final int MAX_BYTES = 1024;

  /** A line that is too long is skipped; after this many bytes the session ends. */
  static final int MAX_SKIPPED = 1 << 20;

  /** What a terminal in raw mode sends for Ctrl-D. */
  private static final byte END_OF_TRANSMISSION = 4;

  /** One byte longer, for the carriage return of a CRLF. */
  private final byte[] line = new byte[MAX_BYTES + 1];

  private final CharsetDecoder decoder = UTF_8.newDecoder();
  private int length;

  /** The next line that ends in these bytes, which are consumed up to that end. */
  Optional<Line> next(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next == '\n') {
        return Optional.of(take());
      }
      if (isControl(next)) {
        return Optional.of(new Line.Leave());
      }
      if (length == MAX_SKIPPED) {
        return Optional.of(new Line.Endless());
      }
      keep(next);
    }
    return Optional.empty();
  }

  /** Bytes that end the session, after the last line if it has no line end. */
  ByteBuffer end() {
    return ByteBuffer.wrap(
        length == 0 ? new byte[] {END_OF_TRANSMISSION} : new byte[] {'\n', END_OF_TRANSMISSION});
  }

  /** Ends the session at once, because a terminal in raw mode sends keys without a line end. */
  private static boolean isControl(byte next) {
    return (next >= 0 && next < ' ' && next != '\r' && next != '\t') || next == 0x7F;
  }

  private void keep(byte next) {
    if (length < line.length) {
      line[length] = next;
    }
    length++;
  }

  private Line take() {
    boolean carriageReturn = length > 0 && length <= line.length && line[length - 1] == '\r';
    int end = carriageReturn ? length - 1 : length;
    length = 0;
    return end > MAX_BYTES ? new Line.TooLong() : decoded(ByteBuffer.wrap(line, 0, end));
  }

  private Line decoded(ByteBuffer bytes) {
    try {
      String text = decoder.decode(bytes).toString();
      return hasControls(text) ? new Line.Leave() : new Line.Query(text.strip());
    } catch (CharacterCodingException e) {
      return new Line.NotText();
    }
  }

  private static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i)) && text.charAt(i) != '\t') {
        return true;
      }
    }
    return false;
  }
}
