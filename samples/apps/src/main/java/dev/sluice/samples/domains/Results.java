package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes results in chunks; it is told when to let go of what it holds.
 *
 * @param <T> what a success holds
 */
final class Results<T> implements AutoCloseable {
  private static final int CHUNK = 1 << 15;

  private final Format format;
  private final Evidence<T> evidence;
  private final Target target;
  private final StringBuilder chunk = new StringBuilder(CHUNK + 1_024);
  private boolean open = true;

  private Results(Format format, Evidence<T> evidence, Target target) {
    this.format = format;
    this.evidence = evidence;
    this.target = target;
    chunk.append(format.header(evidence));
  }

  /** Where chunks go. */
  private interface Target extends AutoCloseable {
    /** Whether somebody still wants more. */
    boolean write(StringBuilder chunk) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  static <T> Results<T> to(PrintWriter out, Format format, Evidence<T> evidence) {
    return new Results<>(
        format,
        evidence,
        chunk -> {
          out.append(chunk);
          // It flushes, too. The other end of the pipe may have closed.
          return !out.checkError();
        });
  }

  static <T> Results<T> to(Path file, Format format, Evidence<T> evidence) throws IOException {
    Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    return new Results<>(
        format,
        evidence,
        new Target() {
          @Override
          public boolean write(StringBuilder chunk) throws IOException {
            writer.append(chunk).flush();
            return true;
          }

          @Override
          public void close() throws IOException {
            writer.close();
          }
        });
  }

  /** Whether somebody still wants more. */
  synchronized boolean write(Outcome<String, T> outcome) throws IOException {
    if (open) {
      format.append(chunk, outcome, evidence);
      if (chunk.length() >= CHUNK) {
        flush();
      }
    }
    return open;
  }

  /** Lets go of what it holds; whether somebody still wants more. */
  synchronized boolean flush() throws IOException {
    if (open && chunk.length() > 0) {
      open = target.write(chunk);
      chunk.setLength(0);
    }
    return open;
  }

  @Override
  public synchronized void close() throws IOException {
    flush();
    open = false;
    target.close();
  }
}
