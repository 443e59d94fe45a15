package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the scenarios share: the scratch folder, and a server that starts on first use. */
final class ScenarioContext implements AutoCloseable {
  static final int FLAGS = 20_000;

  private final ScratchFolder scratch;
  private final BenchmarkOptions settings;
  private final PrintStream out;
  private @Nullable FlagFolder flags;
  private @Nullable Nginx nginx;

  ScenarioContext(BenchmarkOptions settings, PrintStream out) throws IOException {
    this.scratch = ScratchFolder.open();
    this.settings = settings;
    this.out = out;
  }

  ScratchFolder scratch() {
    return scratch;
  }

  BenchmarkOptions settings() {
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

  Nginx nginx() throws IOException, InterruptedException {
    if (nginx == null) {
      nginx = Nginx.over(flags(), scratch);
    }
    return nginx;
  }

  /** Prints a figure beside its target. */
  void judge(String figure, OptionalDouble value, TargetFigure target) {
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
