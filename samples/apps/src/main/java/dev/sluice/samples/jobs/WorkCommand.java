package dev.sluice.samples.jobs;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.samples.CtrlC;
import dev.sluice.samples.Durations;
import dev.sluice.samples.ErrorText;
import dev.sluice.samples.ParsedOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs jobs. */
@Command(
    name = "work",
    description = {
      "Runs the jobs of the queue, one at a time, until Ctrl-C. Start as many workers as you like.",
      "A job that Ctrl-C interrupts goes back into the queue: at once, or with H2 after four"
          + " heartbeats."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  with --until-empty: no job is left, whatever became of them",
      "  1  the database cannot be opened",
      "  2  a usage error",
      "  130  ended by Ctrl-C"
    })
final class WorkCommand implements Callable<Integer> {
  private static final int LONGEST_NAME = 50;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = {"--until-empty", "--once"},
      description = "End when no job waits or runs, also with another worker.")
  private boolean untilEmpty;

  @Option(
      names = "--heartbeat",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = Heartbeat.class,
      description =
          "Say so often that this worker is alive. The jobs of one that has missed four heartbeats"
              + " are taken over. The same for all workers. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private Duration heartbeat;

  @Mixin private final JobsOption place = new JobsOption();

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    try (CtrlC ctrlC = CtrlC.watch();
        JobTable table = JobTable.open(place.database())) {
      Worker worker = Worker.start(table, name(), heartbeat, err::println);
      try {
        return waitForTheEnd(table, ctrlC, err);
      } finally {
        worker.close();
      }
    }
  }

  /**
   * The worker has threads of its own; this one looks once a second whether there is more to do.
   */
  private int waitForTheEnd(JobTable table, CtrlC ctrlC, PrintWriter err) {
    String reported = "";
    while (!ctrlC.pressed().ignoreElements().blockingAwait(1, SECONDS)) {
      try {
        if (untilEmpty && isEmpty(table)) {
          return 0;
        }
        reported = "";
      } catch (IOException e) {
        // The database may come back. Until then it is said once what is wrong.
        String words = ErrorText.of(e);
        if (!words.equals(reported)) {
          err.println(words);
        }
        reported = words;
      }
    }
    return CtrlC.EXIT_STATUS;
  }

  private static boolean isEmpty(JobTable table) throws IOException {
    return table.states().stream()
        .allMatch(job -> job.state().equals(JobState.DONE) || job.state().equals(JobState.FAILED));
  }

  /** The process and its host; other workers have other names. */
  private static String name() {
    String name = ManagementFactory.getRuntimeMXBean().getName();
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  static final class Heartbeat extends ParsedOption<Duration> {
    Heartbeat() {
      super(Durations::parseUpToADay);
    }
  }
}
