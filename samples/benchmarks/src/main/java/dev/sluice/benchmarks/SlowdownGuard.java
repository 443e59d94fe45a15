package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares times of the library with those of a baseline, in this JVM and in turns, and fails if a
 * ratio is above the stored one by half. A ratio depends less on the machine than a time.
 *
 * <p>{@code SlowdownGuard FILE} checks; {@code SlowdownGuard FILE --store} writes the file.
 */
public final class SlowdownGuard {
  private static final int WARM_UPS = 10;
  private static final int ROUNDS = 11;

  /** A measurement of the core: so many runs of {@link BareFlatMap#ITEMS} items. */
  private static final int CORE_RUNS = 20;

  private static final int LANES = 1_000;
  private static final int FLAGS = 2_000;
  private static final int FLAG_LIMIT = 50;

  /** What is measured, and what it is compared with. */
  private record Figure(Runnable ours, Runnable baseline) {
    /** Of the best rounds: a busy machine makes the others longer. */
    double ratio() {
      long best = Long.MAX_VALUE;
      long bestBaseline = Long.MAX_VALUE;
      for (int i = 0; i < WARM_UPS + ROUNDS; i++) {
        long time = nanos(ours);
        long baselineTime = nanos(baseline);
        if (i >= WARM_UPS) {
          best = Math.min(best, time);
          bestBaseline = Math.min(bestBaseline, baselineTime);
        }
      }
      return (double) best / bestBaseline;
    }

    private static long nanos(Runnable work) {
      long start = System.nanoTime();
      work.run();
      return System.nanoTime() - start;
    }
  }

  private SlowdownGuard() {}

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    StoredRatios measured = measure();
    if (List.of(args).contains("--store")) {
      measured.write(file);
      return;
    }
    List<String> slower = StoredRatios.read(file).slowerIn(measured);
    slower.forEach(System.err::println);
    if (!slower.isEmpty()) {
      System.exit(1);
    }
  }

  private static StoredRatios measure() throws IOException {
    Map<String, Double> ratios = new TreeMap<>();
    try (ScratchFolder scratch = ScratchFolder.open();
        DelayingServer server = DelayingServer.start(Duration.ZERO, FlagSizedGif.numbered(0))) {
      DownloadJob job =
          DownloadJob.create(scratch, server.base(), FlagFolder.keys(FLAGS), FLAG_LIMIT);
      figures(job)
          .forEach(
              (name, figure) -> {
                double ratio = figure.ratio();
                System.out.printf("%s: %.2f times the baseline%n", name, ratio);
                ratios.put(name, ratio);
              });
    }
    return new StoredRatios(ratios);
  }

  private static Map<String, Figure> figures(DownloadJob job) {
    BareFlatMap bare = new BareFlatMap();
    PolicyPipeline pipeline = new PolicyPipeline();
    LaneCost lanes = LaneCost.of(LANES);
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put(
        "item of a pipeline over a bare flatMap",
        new Figure(repeated(pipeline::immediate), repeated(bare::immediate)));
    figures.put(
        "item in a lane over one without",
        new Figure(repeated(lanes::immediate), repeated(pipeline::immediate)));
    figures.put(
        "downloaded flag over Retrofit by hand",
        new Figure(
            () -> download(job, DownloadMethod.SLUICE), () -> download(job, DownloadMethod.BARE)));
    return figures;
  }

  private static Runnable repeated(Runnable run) {
    return () -> {
      for (int i = 0; i < CORE_RUNS; i++) {
        run.run();
      }
    };
  }

  private static void download(DownloadJob job, DownloadMethod downloads) {
    InProcess.run(downloads, job);
  }
}
