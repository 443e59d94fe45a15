package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the scenarios share: the scratch folder, and one server that starts when it is asked for.
 */
final class Stage implements AutoCloseable {
  static final int FLAGS = 20_000;

  private final Scratch scratch;
  private final Settings settings;
  private final PrintStream out;
  private @Nullable FlagFolder flags;
  private @Nullable Nginx nginx;

  Stage(Settings settings, PrintStream out) throws IOException {
    this.scratch = Scratch.open();
    this.settings = settings;
    this.out = out;
  }

  Scratch scratch() {
    return scratch;
  }

  Settings settings() {
    return settings;
  }

  PrintStream out() {
    return out;
  }

  FlagFolder flags() throws IOException {
    if (flags == null) {
      flags = FlagFolder.create(scratch.emptyFolder("served"), FLAGS);
    }
    return flags;
  }

  Nginx nginx() throws IOException {
    if (nginx == null) {
      nginx = Nginx.over(flags(), scratch);
    }
    return nginx;
  }

  /** Says a figure beside what it has to be. */
  void judge(String figure, OptionalDouble value, Target target) {
    out.println(target.verdict(figure, value));
  }

  @Override
  public void close() {
    if (nginx != null) {
      nginx.close();
    }
    scratch.close();
  }
}
