package dev.sluice.samples.mojifinder;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Optional;

/**
 * One client: lines in, answers out, as one stream. An answer is made piece by piece as the client
 * takes it, and the next line is not read before: so a client that does not read costs no more than
 * a piece. Short answers to lines that came together leave together.
 */
final class TcpSession {
  /** So much of an answer, or of several, is written at once. */
  private static final int PIECE_BYTES = 16 * 1024;

  /** An answer to words that are not common. */
  private static final int USUAL_BYTES = 1024;

  /** What the client has sent is taken up in such portions. */
  private static final int PIECES_AHEAD = 4;

  private static final String CRLF = "\r\n";
  private static final String PROMPT = "?> ";

  private final CharIndex index;
  private final AccessLog journal;
  private final String client;
  private final LineDecoder reader = new LineDecoder();
  private final CompletableSubject farewell = CompletableSubject.create();
  private Optional<ResultText> unfinished = Optional.empty();
  private String query = "";
  private int queries;

  TcpSession(CharIndex index, AccessLog journal, String client) {
    this.index = index;
    this.journal = journal;
    this.client = client;
  }

  int queries() {
    return queries;
  }

  /** The session ends after the answer under way. */
  void end() {
    farewell.onComplete();
  }

  /**
   * What the client is told. An empty piece of input says that no more will come.
   *
   * <p>Backpressure: honoured, and passed on to the input.
   */
  Flowable<Buffer> answers(Flowable<Buffer> input) {
    return input
        .takeUntil(farewell.toFlowable())
        .flatMapIterable(this::answers, PIECES_AHEAD)
        .startWithItem(Buffer.buffer(PROMPT));
  }

  private Iterable<Buffer> answers(Buffer piece) {
    return () -> new Pieces(piece.length() == 0 ? reader.end() : ByteBuffer.wrap(piece.getBytes()));
  }

  /** Made as they are asked for; one may be empty. */
  private final class Pieces implements Iterator<Buffer> {
    private final ByteBuffer lines;

    Pieces(ByteBuffer lines) {
      this.lines = lines;
    }

    @Override
    public boolean hasNext() {
      return unfinished.isPresent() || (lines.hasRemaining() && !farewell.hasComplete());
    }

    @Override
    public Buffer next() {
      Utf8 text = new Utf8(USUAL_BYTES);
      while (hasNext() && text.size() < PIECE_BYTES) {
        if (unfinished.isPresent()) {
          goOn(unfinished.get(), text);
        } else {
          reader.next(lines).ifPresent(line -> answer(line, text));
        }
      }
      return text.toBuffer();
    }
  }

  private void answer(Line line, Utf8 text) {
    if (line instanceof Line.Query words && !words.text().isEmpty()) {
      queries++;
      query = words.text();
      unfinished = Optional.of(new ResultText(index.search(query), CRLF));
    } else {
      text.appendAscii(shortAnswer(line));
    }
    if (line.isLast()) {
      end();
    }
  }

  private void goOn(ResultText report, Utf8 text) {
    report.writeTo(text, PIECE_BYTES);
    if (report.isWhole()) {
      text.appendAscii(PROMPT);
      journal.note(client + " " + Visible.of(query) + ": " + report.count() + " found");
      unfinished = Optional.empty();
    }
  }

  private static String shortAnswer(Line line) {
    if (line instanceof Line.TooLong) {
      return "A query may have " + LineDecoder.MAX_BYTES + " bytes." + CRLF + PROMPT;
    }
    if (line instanceof Line.NotText) {
      return "That is not UTF-8. Goodbye." + CRLF;
    }
    if (line instanceof Line.Endless) {
      return "That line has no end. Goodbye." + CRLF;
    }
    return line instanceof Line.Leave ? "" : PROMPT;
  }
}
