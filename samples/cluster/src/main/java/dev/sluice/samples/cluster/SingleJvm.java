package dev.sluice.samples.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.journal.Journal;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The probe without Flink, to compare with: the same names, resolver, limit and lines, in one
 * process.
 */
final class SingleJvm {
  private SingleJvm() {}

  /**
   * Runs it in a process of its own.
   *
   * @param journal the file of the outcomes
   * @return its processor time
   */
  static Duration run(int names, ProbeSettings settings, Path journal)
      throws IOException, InterruptedException {
    Process process =
        Jvm.likeThisOne()
            .process(
                SingleJvm.class,
                List.of("-Xmx384m"),
                List.of(
                    String.valueOf(names),
                    settings.servers(),
                    String.valueOf(settings.limit()),
                    journal.toString()))
            .redirectErrorStream(false)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the probe without Flink has failed");
    }
    return Duration.parse(output.strip());
  }

  public static void main(String... args) throws IOException {
    int names = Integer.parseInt(args[0]);
    ProbeSettings settings = ProbeSettings.of(args[1], Integer.parseInt(args[2]));
    try (var open = settings.open(1);
        Journal journal = Journal.open(Path.of(args[3]))) {
      open.pipeline()
          .journalled(journal, open.codec())
          .runAll(Flowable.range(0, names).map(GeneratedNames::name))
          .ignoreElements()
          .blockingAwait();
    }
    System.out.println(ProcessHandle.current().info().totalCpuDuration().orElseThrow());
  }
}
