package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.samples.ErrorText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Writes results in chunks. {@link #add} never waits for output; {@link #flush} may block on a slow
 * disk or pipe, and is called on another thread. Thread-safe.
 *
 * @param <T> the value of a success
 */
final class ResultWriter<T> implements AutoCloseable {
  private static final int CHUNK = 1 << 15;

  private final OutputFormat format;
  private final ResultFields<T> evidence;
  private final Target target;
  private final Queue<CharSequence> full = new ArrayDeque<>();
  private StringBuilder chunk = newChunk();
  private boolean open = true;

  private ResultWriter(OutputFormat format, ResultFields<T> evidence, Target target) {
    this.format = format;
    this.evidence = evidence;
    this.target = target;
    chunk.append(format.header(evidence));
  }

  /** The destination of the chunks. */
  private interface Target extends AutoCloseable {
    /** Writes a chunk. False if the reader of the pipe has closed it. */
    boolean write(CharSequence chunk) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  static <T> ResultWriter<T> to(PrintWriter out, OutputFormat format, ResultFields<T> evidence) {
    return new ResultWriter<>(
        format,
        evidence,
        chunk -> {
          out.append(chunk);
          // checkError() flushes, too.
          return !out.checkError();
        });
  }

  static <T> ResultWriter<T> to(Path file, OutputFormat format, ResultFields<T> evidence)
      throws IOException {
    Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    return new ResultWriter<>(
        format,
        evidence,
        new Target() {
          @Override
          public boolean write(CharSequence chunk) throws IOException {
            try {
              writer.append(chunk).flush();
              return true;
            } catch (IOException e) {
              throw new IOException(file + ": " + ErrorText.of(e), e);
            }
          }

          @Override
          public void close() throws IOException {
            writer.close();
          }
        });
  }

  /** Adds a result. True if it filled a chunk, so that it is time to flush. */
  boolean add(Outcome<String, T> outcome) {
    synchronized (full) {
      format.append(chunk, outcome, evidence);
      boolean isFull = chunk.length() >= CHUNK;
      if (isFull) {
        full.add(chunk);
        chunk = newChunk();
      }
      return isFull;
    }
  }

  /** Writes all results added so far. False if the reader of the pipe has closed it. */
  synchronized boolean flush() throws IOException {
    for (CharSequence next = next(); open && next != null; next = next()) {
      open = target.write(next);
    }
    return open;
  }

  private @Nullable CharSequence next() {
    synchronized (full) {
      if (full.isEmpty() && chunk.length() > 0) {
        full.add(chunk);
        chunk = newChunk();
      }
      return full.poll();
    }
  }

  private static StringBuilder newChunk() {
    return new StringBuilder(CHUNK + 1_024);
  }

  @Override
  public synchronized void close() throws IOException {
    flush();
    open = false;
    target.close();
  }
}
