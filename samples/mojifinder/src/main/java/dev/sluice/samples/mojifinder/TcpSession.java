package dev.sluice.samples.mojifinder;

import dev.sluice.TerminalText;
import io.netty.buffer.ByteBuf;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Optional;

/**
 * The conversation with one client as a stream: lines in, answers out. An answer is produced in
 * chunks as the client reads it, and the next line is not read before the answer is complete, so a
 * client that does not read costs the memory of one chunk. Answers to lines that arrived together
 * are sent together.
 */
final class TcpSession {
  /** A chunk ends after the line that reaches this size. */
  private static final int CHUNK_BYTES = 16 * 1024;

  /** First capacity of a chunk: enough for most answers. */
  private static final int USUAL_BYTES = 1024;

  /** How many reads of the socket may wait to be answered. */
  private static final int READS_AHEAD = 4;

  /** Stands for the end of the input: a read is never empty. */
  private static final ByteBuffer END = ByteBuffer.allocate(0);

  private static final String CRLF = "\r\n";
  private static final String PROMPT = "?> ";

  private final CharIndex index;
  private final AccessLog log;
  private final String client;
  private final LineDecoder decoder = new LineDecoder();
  private final CompletableSubject ended = CompletableSubject.create();
  private Optional<ResultText> unfinished = Optional.empty();
  private String query = "";
  private int queries;

  TcpSession(CharIndex index, AccessLog log, String client) {
    this.index = index;
    this.log = log;
    this.client = client;
  }

  int queries() {
    return queries;
  }

  /** Ends the session after the current answer. */
  void end() {
    ended.onComplete();
  }

  /**
   * The bytes to send; a buffer may be empty. Call it once for each session.
   *
   * <p>Backpressure: honoured, and passed on to the input.
   */
  Flowable<ByteBuf> answers(Flowable<ByteBuffer> input) {
    return input
        .concatWith(Flowable.just(END))
        .takeUntil(ended.toFlowable())
        .flatMapIterable(this::answers, READS_AHEAD)
        .startWithItem(new Utf8(PROMPT.length()).appendAscii(PROMPT).toByteBuf());
  }

  private Iterable<ByteBuf> answers(ByteBuffer bytes) {
    return () -> new Chunks(bytes.hasRemaining() ? bytes : decoder.end());
  }

  /** The answers to the lines in these bytes; each chunk is produced when it is requested. */
  private final class Chunks implements Iterator<ByteBuf> {
    private final ByteBuffer lines;

    Chunks(ByteBuffer lines) {
      this.lines = lines;
    }

    @Override
    public boolean hasNext() {
      return unfinished.isPresent() || (lines.hasRemaining() && !ended.hasComplete());
    }

    @Override
    public ByteBuf next() {
      Utf8 text = new Utf8(USUAL_BYTES);
      while (hasNext() && text.size() < CHUNK_BYTES) {
        if (unfinished.isPresent()) {
          continueAnswer(unfinished.get(), text);
        } else {
          decoder.next(lines).ifPresent(line -> answer(line, text));
        }
      }
      return text.toByteBuf();
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

  private void continueAnswer(ResultText result, Utf8 text) {
    result.writeTo(text, CHUNK_BYTES);
    if (result.isComplete()) {
      text.appendAscii(PROMPT);
      log.add(client + " " + TerminalText.quoted(query) + ": " + result.count() + " found");
      unfinished = Optional.empty();
    }
  }

  private static String shortAnswer(Line line) {
    if (line instanceof Line.TooLong) {
      return "A query may have at most " + LineDecoder.MAX_BYTES + " bytes." + CRLF + PROMPT;
    }
    if (line instanceof Line.NotText) {
      return "The line is not UTF-8. Goodbye." + CRLF;
    }
    if (line instanceof Line.Endless) {
      return "The line is too long. Goodbye." + CRLF;
    }
    return line instanceof Line.Leave ? "" : PROMPT;
  }
}
