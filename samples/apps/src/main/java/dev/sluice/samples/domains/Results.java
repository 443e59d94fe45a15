package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import dev.sluice.dns.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes results in chunks; it is told when to let go of what it holds. */
final class Results implements AutoCloseable {
  private static final int CHUNK = 1 << 15;

  private final Format format;
  private final Target target;
  private final StringBuilder chunk = new StringBuilder(CHUNK + 1_024);
  private boolean open = true;

  private Results(Format format, Target target) {
    this.format = format;
    this.target = target;
    chunk.append(format.header());
  }

  /** Where chunks go. */
  private interface Target extends AutoCloseable {
    /** Whether somebody still wants more. */
    boolean write(StringBuilder chunk) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  static Results to(PrintWriter out, Format format) {
    return new Results(
        format,
        chunk -> {
          out.append(chunk);
          // It flushes, too. The other end of the pipe may have closed.
          return !out.checkError();
        });
  }

  static Results to(Path file, Format format) throws IOException {
    Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    return new Results(
        format,
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
  synchronized boolean write(Outcome<String, Answer> outcome) throws IOException {
    if (open) {
      format.append(chunk, outcome);
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
