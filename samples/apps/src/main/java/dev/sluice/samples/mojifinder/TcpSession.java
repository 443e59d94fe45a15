package dev.sluice.samples.mojifinder;

import io.reactivex.rxjava3.core.Emitter;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
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

  private static final String CRLF = "\r\n";
  private static final String PROMPT = "?> ";

  private final CharIndex index;
  private final Journal journal;
  private final String client;
  private final LineReader reader = new LineReader();
  private final CompletableSubject farewell = CompletableSubject.create();
  private Optional<Report> unfinished = Optional.empty();
  private String query = "";
  private int queries;

  TcpSession(CharIndex index, Journal journal, String client) {
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
   * What the client is told.
   *
   * <p>Backpressure: honoured, and passed on to the input.
   */
  Flowable<Buffer> answers(Flowable<Buffer> input) {
    return input
        .takeUntil(farewell.toFlowable())
        // Not concatMap, which asks for the next piece while it works on this one: then the end of
        // the input would be seen, and the socket closed, before the answer is written.
        .flatMap(this::answers, false, 1, 1)
        .startWithItem(Buffer.buffer(PROMPT));
  }

  private Flowable<Buffer> answers(Buffer piece) {
    ByteBuffer lines = ByteBuffer.wrap(piece.getBytes());
    return Flowable.generate(emitter -> next(lines, emitter));
  }

  private void next(ByteBuffer lines, Emitter<Buffer> emitter) {
    Utf8 text = new Utf8(USUAL_BYTES);
    boolean more = true;
    while (more && text.size() < PIECE_BYTES) {
      more = unfinished.isPresent() ? goOn(unfinished.get(), text) : answerNext(lines, text);
    }
    if (text.size() > 0) {
      emitter.onNext(Buffer.buffer(text.toBytes()));
    }
    if (!more) {
      emitter.onComplete();
    }
  }

  /** Whether there was a line. */
  private boolean answerNext(ByteBuffer lines, Utf8 text) {
    Optional<Line> line = farewell.hasComplete() ? Optional.empty() : reader.next(lines);
    line.ifPresent(each -> answer(each, text));
    return line.isPresent();
  }

  private void answer(Line line, Utf8 text) {
    if (line instanceof Line.Query words && !words.text().isEmpty()) {
      queries++;
      query = words.text();
      unfinished = Optional.of(new Report(index.search(query), CRLF));
    } else {
      text.appendAscii(shortAnswer(line));
    }
    if (line.isLast()) {
      end();
    }
  }

  private boolean goOn(Report report, Utf8 text) {
    report.writeTo(text, PIECE_BYTES);
    if (report.isWhole()) {
      text.appendAscii(PROMPT);
      journal.note(client + " " + Visible.of(query) + ": " + report.count() + " found");
      unfinished = Optional.empty();
    }
    return true;
  }

  private static String shortAnswer(Line line) {
    if (line instanceof Line.TooLong) {
      return "A query may have " + LineReader.MAX_BYTES + " bytes." + CRLF + PROMPT;
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
