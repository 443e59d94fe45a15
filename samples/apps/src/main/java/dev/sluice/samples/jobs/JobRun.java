package dev.sluice.samples.jobs;

import dev.sluice.journal.JournalIndex;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.ErrorText;
import dev.sluice.samples.Main;
import dev.sluice.samples.apps.Blocking;
import dev.sluice.samples.domains.NameSource;
import dev.sluice.samples.fetch.FetchCommand;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** One run of a job by a worker: the command, with the journal of the job. */
final class JobRun {
  private static final int USAGE = 2;

  private final Job job;

  JobRun(Job job) {
    this.job = job;
  }

  /** How a run ended. */
  enum End {
    /** The list is worked off; some outcomes may be failures. */
    DONE,
    /** Ctrl-C: another worker goes on. */
    INTERRUPTED
  }

  /** Why a job cannot be run, now or ever. */
  static final class JobException extends IOException {
    private static final long serialVersionUID = 1L;
    private final boolean mayPass;

    JobException(String message, boolean mayPass, @Nullable Throwable cause) {
      super(message, cause);
      this.mayPass = mayPass;
    }

    boolean mayPass() {
      return mayPass;
    }
  }

  /**
   * Runs the command in this process, whose Ctrl-C it watches for itself.
   *
   * @throws JobException if it could not work
   */
  End run() throws IOException {
    Files.createDirectories(job.folder());
    Path list = Files.createTempFile("sluice-", ".list");
    try {
      Files.writeString(list, job.list());
      return run(list);
    } finally {
      Files.deleteIfExists(list);
    }
  }

  private End run(Path list) throws IOException {
    AtomicReference<@Nullable Exception> thrown = new AtomicReference<>();
    StringWriter err = new StringWriter();
    CommandLine command =
        Main.commandLine()
            .setOut(new PrintWriter(Writer.nullWriter()))
            .setErr(new PrintWriter(err, true))
            .setExecutionExceptionHandler(
                (e, failed, parsed) -> {
                  thrown.set(e);
                  return 1;
                });
    int status = command.execute(job.words(list).toArray(new String[0]));
    Exception e = thrown.get();
    if (e != null) {
      // Such as a journal that another process still has open, or that a full disk cuts off.
      throw new JobException(ErrorText.of(e), true, e);
    }
    if (status == USAGE) {
      throw new JobException(err.toString().lines().findFirst().orElse("refused"), false, null);
    }
    if (status == CtrlC.EXIT_STATUS) {
      return End.INTERRUPTED;
    }
    // Only the filter knows which names it has left out.
    if (!command.getParseResult().subcommand().hasMatchedOption("--zone")) {
      checkComplete(list);
    }
    return End.DONE;
  }

  /** An outcome of an item may be lost: the journal was deleted, or cut off by another process. */
  private void checkComplete(Path list) throws IOException {
    Flowable<String> keys =
        switch (job.kind()) {
          case FETCH -> FetchCommand.journalKeys(list);
          case PROBE -> NameSource.ofFile(list).names();
        };
    JournalIndex journal = journal();
    AtomicLong all = new AtomicLong();
    long missing =
        Blocking.value(
            keys.doOnNext(key -> all.incrementAndGet())
                .filter(key -> !journal.contains(key))
                .count());
    if (missing > 0) {
      throw new JobException(
          "journal " + job.journal() + ": " + missing + " of " + all + " outcomes are missing",
          true,
          null);
    }
  }

  /** What the journal says so far. */
  JournalIndex journal() throws IOException {
    return JournalIndex.of(job.journal());
  }
}
