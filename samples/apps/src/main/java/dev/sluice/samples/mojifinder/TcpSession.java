package dev.sluice.samples.mojifinder;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.vertx.core.buffer.Buffer;

/**
 * One client: lines in, answers out, as one stream. An answer is made piece by piece as the client
 * takes it, and the next line is not read before: so a client that does not read costs no more than
 * a piece.
 */
final class TcpSession {
  /** Lines of an answer that are written at once: about 10 KiB. */
  private static final int PIECE = 256;

  private static final String CRLF = "\r\n";
  private static final String PROMPT = "?> ";

  private final CharIndex index;
  private final Journal journal;
  private final String client;
  private final LineReader reader = new LineReader();
  private int queries;

  TcpSession(CharIndex index, Journal journal, String client) {
    this.index = index;
    this.journal = journal;
    this.client = client;
  }

  int queries() {
    return queries;
  }

  /**
   * What the client is told.
   *
   * <p>Backpressure: honoured, and passed on to the input.
   *
   * @param farewell when it comes, the session ends after the answer under way
   */
  Flowable<Buffer> answers(Flowable<Buffer> input, Completable farewell) {
    return input
        .takeUntil(farewell.toFlowable())
        // Not concatMap, which asks for the next piece while it works on this one: then the end of
        // the input would be seen, and the socket closed, before the answer is written.
        .flatMap(piece -> reader.read(piece.getBytes()), false, 1, 1)
        .takeUntil(Line::isLast)
        .flatMap(this::answer, false, 1, 1)
        .startWithItem(Buffer.buffer(PROMPT));
  }

  private Flowable<Buffer> answer(Line line) {
    if (line instanceof Line.Query query) {
      return query.text().isEmpty() ? text(PROMPT) : answer(query);
    }
    return text(refusal(line));
  }

  private Flowable<Buffer> answer(Line.Query query) {
    queries++;
    Matches matches = index.search(query.text());
    int count = matches.count();
    journal.note(client + " " + Visible.of(query.text()) + ": " + count + " found");
    return Report.of(matches, count, CRLF)
        .concatWith(Flowable.just(PROMPT))
        .buffer(PIECE)
        .map(lines -> Buffer.buffer(String.join("", lines)));
  }

  private static String refusal(Line line) {
    if (line instanceof Line.TooLong) {
      return "A query may have " + LineReader.MAX_BYTES + " bytes." + CRLF + PROMPT;
    }
    if (line instanceof Line.NotText) {
      return "That is not UTF-8. Goodbye." + CRLF;
    }
    return line instanceof Line.Endless ? "That line has no end. Goodbye." + CRLF : "";
  }

  private static Flowable<Buffer> text(String text) {
    return text.isEmpty() ? Flowable.empty() : Flowable.just(Buffer.buffer(text));
  }
}
