package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reactivex.rxjava3.core.Emitter;
import io.reactivex.rxjava3.core.Flowable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * Bytes of one client, as they come, into lines. Between two pieces it keeps at most one line, and
 * of a line that is too long nothing but its length.
 */
final class LineReader {
  static final int MAX_BYTES = 1024;

  /** How much of a line that is too long is read over before the client is given up. */
  static final int MAX_SKIPPED = 1 << 20;

  /** With room for the first half of a line's end. */
  private final byte[] line = new byte[MAX_BYTES + 1];

  private int length;

  /**
   * The lines that end in this piece.
   *
   * <p>Backpressure: honoured; the bytes behind a line are not looked at before somebody asks.
   */
  Flowable<Line> read(byte[] piece) {
    ByteBuffer bytes = ByteBuffer.wrap(piece);
    return Flowable.generate(emitter -> next(bytes, emitter));
  }

  private void next(ByteBuffer bytes, Emitter<Line> emitter) {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next == '\n') {
        emitter.onNext(take());
        return;
      }
      if (isControl(next)) {
        emitter.onNext(new Line.Leave());
        return;
      }
      if (length == MAX_SKIPPED) {
        emitter.onNext(new Line.Endless());
        return;
      }
      keep(next);
    }
    emitter.onComplete();
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
    return end > MAX_BYTES ? new Line.TooLong() : decoded(Arrays.copyOf(line, end));
  }

  private static Line decoded(byte[] bytes) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean controls = text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t');
      return controls ? new Line.Leave() : new Line.Query(text.strip());
    } catch (CharacterCodingException e) {
      return new Line.NotText();
    }
  }
}
