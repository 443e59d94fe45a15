package dev.sluice.samples.jobs;

import static java.util.Objects.requireNonNullElse;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.sluice.IoSchedulers;
import dev.sluice.journal.JournalIndex;
import dev.sluice.samples.ErrorText;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Runs the jobs of a queue, one at a time. db-scheduler picks them, so that each is with one
 * worker, and tells by heartbeats which workers are alive.
 */
final class Worker implements AutoCloseable {
  private static final int MISSED_HEARTBEATS = 4;
  private static final int MOST_FAILURES = 5;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);
  private static final Duration LONGEST_END = Duration.ofSeconds(4);

  /** The journal is counted again after this many times as long as counting took. */
  private static final int COUNTING_PART = 10;

  private static final long LEAST_COUNTING_SECONDS = 1;

  private final JobTable table;
  private final String name;
  private final Consumer<String> log;
  private final Scheduler scheduler;
  private String lastSaid = "";

  private Worker(JobTable table, String name, Duration heartbeat, Consumer<String> log) {
    this.table = table;
    this.name = name;
    this.log = log;
    scheduler =
        Scheduler.create(table.connections(), task())
            .tableName(JobTable.SCHEDULED)
            .schedulerName(new SchedulerName.Fixed(name))
            .threads(1)
            .pollingInterval(Duration.ofSeconds(1))
            .heartbeatInterval(heartbeat)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(LONGEST_END)
            .build();
  }

  /**
   * Begins to work.
   *
   * @param name of this process, in {@code status}
   * @param heartbeat a worker that has missed four of them is dead
   * @param log is told of each job that begins or ends
   */
  static Worker start(JobTable table, String name, Duration heartbeat, Consumer<String> log) {
    Worker worker = new Worker(table, name, heartbeat, log);
    worker.scheduler.start();
    return worker;
  }

  /** The same line again and again, as of a database that is not there, says nothing more. */
  private synchronized void say(String line) {
    if (!line.equals(lastSaid)) {
      log.accept(line);
    }
    lastSaid = line;
  }

  private CustomTask<Void> task() {
    return Tasks.custom(JobTable.TASK, Void.class)
        .onFailure(this::failed)
        .onDeadExecutionRevive()
        .execute((instance, context) -> run(instance.getId()));
  }

  private CompletionHandler<Void> run(String id) {
    try {
      say(id + ": begins");
      table.running(id, name);
      JobRun run = new JobRun(table.job(id));
      JobRun.End end = counted(id, run);
      count(id, run);
      boolean isDone = end == JobRun.End.DONE;
      table.ended(id, isDone ? JobState.DONE : JobState.WAITING, "");
      say(id + (isDone ? ": done" : ": interrupted"));
      return isDone
          ? (complete, operations) -> operations.stop()
          : (complete, operations) -> operations.reschedule(complete, Instant.now());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JobRun.End counted(String id, JobRun run) throws IOException {
    Disposable counting = counting(id, run);
    try {
      return run.run();
    } catch (IOException e) {
      countProgress(id, run, e);
      throw e;
    } finally {
      counting.dispose();
    }
  }

  /** What was recorded before a failure is progress. */
  private void countProgress(String id, JobRun run, IOException failure) {
    try {
      count(id, run);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * A failure that may pass is tried again by any worker, until the fifth one without progress.
   * db-scheduler has a count, too, but each takeover of a dead worker's job adds to it.
   */
  private void failed(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    String id = complete.getExecution().taskInstance.getId();
    Throwable cause = complete.getCause().orElseGet(() -> new IOException("unknown"));
    Throwable reason =
        cause instanceof UncheckedIOException ? requireNonNullElse(cause.getCause(), cause) : cause;
    boolean mayPass = !(reason instanceof JobRun.JobException job) || job.mayPass();
    String words = ErrorText.of(reason);
    say(id + ": " + words);
    boolean isLast = false;
    try {
      boolean fails = !mayPass || table.failed(id) >= MOST_FAILURES;
      table.ended(id, fails ? JobState.FAILED : JobState.WAITING, words);
      isLast = fails;
    } catch (IOException e) {
      // The next run says what became of the job.
      if (!isOfTheDatabase(reason)) {
        say(id + ": " + ErrorText.of(e));
      }
    }
    if (isLast) {
      operations.stop();
    } else {
      operations.reschedule(complete, Instant.now().plus(PAUSE_AFTER_FAILURE));
    }
  }

  /** A database that ends may give another reason each time. The first one says enough. */
  private static boolean isOfTheDatabase(Throwable reason) {
    return reason.getCause() instanceof SQLException;
  }

  /** Counts the outcomes now and then, for {@code status}. */
  private Disposable counting(String id, JobRun run) {
    io.reactivex.rxjava3.core.Scheduler.Worker thread =
        IoSchedulers.shared().network().createWorker();
    Disposable unused = thread.schedule(() -> countAgain(thread, id, run), 1, SECONDS);
    return thread;
  }

  private void countAgain(
      io.reactivex.rxjava3.core.Scheduler.Worker thread, String id, JobRun run) {
    long before = System.nanoTime();
    try {
      count(id, run);
    } catch (IOException e) {
      // The next count may succeed. What matters is in the journal.
      say(id + ": " + ErrorText.of(e));
    }
    long took = System.nanoTime() - before;
    long pause = Math.max(SECONDS.toNanos(LEAST_COUNTING_SECONDS), took * COUNTING_PART);
    Disposable unused = thread.schedule(() -> countAgain(thread, id, run), pause, NANOSECONDS);
  }

  private void count(String id, JobRun run) throws IOException {
    JournalIndex journal = run.journal();
    table.counted(id, journal.done(), journal.size() - journal.done());
  }

  /** Ends the job in progress, which Ctrl-C has interrupted, and stops. */
  @Override
  public void close() {
    scheduler.stop();
  }
}
