package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The flags of the 20 most populous countries, 5 at once, as whole processes: mostly start time.
 */
final class TwentyFlags implements Scenario {
  private static final int LIMIT = 5;

  /** Short runs need more rounds. */
  private static final int ROUNDS_PER_RUN = 5;

  @Override
  public void run(ScenarioContext stage) throws IOException, InterruptedException {
    stage.out().println("twenty-flags: 20 flags, 5 at once, whole processes");
    if (Nginx.installed().isEmpty()) {
      stage.out().println("skipped: nginx is not installed");
      return;
    }
    DownloadJob job =
        DownloadJob.create(stage.scratch(), stage.nginx().flags(), FlagFolder.MOST_POPULOUS, LIMIT);
    Contender theirs = python(stage);
    List<Contender> contenders = List.of(sluice(stage.settings()), theirs);
    ResultTable table =
        new Comparison(contenders, job, stage.settings().runs() * ROUNDS_PER_RUN)
            .run(stage.scratch());
    table.print(stage.out());
    stage.judge(
        "share of Python's rate", table.ratioToOurs(theirs.name()), TargetFigure.atLeast(1 / 1.5));
  }

  private static Contender sluice(BenchmarkOptions settings) {
    Path program = settings.sluice().toAbsolutePath();
    return new Contender(
        program.getFileName() + " flags",
        Files.exists(program)
            ? Optional.of(job -> sluiceLine(program, settings, job))
            : Optional.empty());
  }

  private static List<String> sluiceLine(Path program, BenchmarkOptions settings, DownloadJob job) {
    List<String> line = new ArrayList<>();
    if (program.toString().endsWith(".jar")) {
      line.add(InstalledPrograms.java().toString());
      line.addAll(settings.javaOptions());
      line.add("-jar");
    }
    line.add(program.toString());
    line.addAll(
        List.of(
            "flags",
            "-s",
            job.base(),
            "-m",
            Integer.toString(job.limit()),
            "-o",
            job.folder().toString()));
    return line;
  }

  /** The user's copy if there is one, else a script of this module that does the same. */
  private static Contender python(ScenarioContext stage) {
    Optional<Path> flags2 = stage.settings().flags2();
    if (flags2.isEmpty()) {
      return Contender.python("httpx", stage.scratch());
    }
    String program = flags2.get().toAbsolutePath().toString();
    return new Contender(
        flags2.get().getFileName().toString(),
        InstalledPrograms.pythonWith("httpx", "tqdm")
            .map(python -> job -> flags2Line(python, program, stage.scratch(), job)));
  }

  private static List<String> flags2Line(
      Path python, String program, ScratchFolder scratch, DownloadJob job) throws IOException {
    return List.of(
        python.toString(),
        scratch.unpack("flags2_elsewhere.py").toString(),
        program,
        job.base(),
        job.keyFile().toString(),
        job.folder().toString(),
        Integer.toString(job.limit()));
  }
}
