package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.util.Optional;

/**
 * Bytes of one client, as they come, into lines. Between two pieces it keeps at most one line, and
 * of a line that is too long nothing but its length.
 */
final class LineDecoder {
  static final int MAX_BYTES = 1024;

  /** How much of a line that is too long is read over before the client is given up. */
  static final int MAX_SKIPPED = 1 << 20;

  /** ASCII's own for it, which a terminal sends for Ctrl-D. */
  private static final byte END_OF_TRANSMISSION = 4;

  /** With room for the first half of a line's end. */
  private final byte[] line = new byte[MAX_BYTES + 1];

  private final CharsetDecoder decoder = UTF_8.newDecoder();
  private int length;

  /** The next line that ends in this piece; the bytes behind it are left for later. */
  Optional<Line> next(ByteBuffer piece) {
    while (piece.hasRemaining()) {
      byte next = piece.get();
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

  /** What stands for the end of all pieces: it also ends a line that has not come to its own. */
  ByteBuffer end() {
    return ByteBuffer.wrap(
        length == 0 ? new byte[] {END_OF_TRANSMISSION} : new byte[] {'\n', END_OF_TRANSMISSION});
  }

  /** At once, and not at the end of the line: a terminal that sends keys sends no line. */
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
