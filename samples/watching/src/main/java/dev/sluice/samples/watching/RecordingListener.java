package dev.sluice.samples.watching;

import java.io.IOException;
import java.time.Duration;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * Events of the JDK Flight Recorder: {@code jfr print --events 'dev.sluice.*' file.jfr} shows them,
 * JDK Mission Control draws them.
 */
final class RecordingListener extends ClosableListener {
  @Override
  public void started(Attempt attempt, Duration waited) {
    PermitEvent event = new PermitEvent();
    event.key = String.valueOf(attempt.key());
    event.lane = String.valueOf(attempt.lane());
    event.waited = waited.toNanos();
    event.commit();
  }

  @Override
  public void ended(Attempt attempt, Status status, Duration took, @Nullable Throwable error) {
    AttemptEvent event = new AttemptEvent();
    event.key = String.valueOf(attempt.key());
    event.lane = String.valueOf(attempt.lane());
    event.number = attempt.number();
    event.status = status.name();
    event.took = took.toNanos();
    event.error = error == null ? "" : String.valueOf(error.getMessage());
    event.commit();
  }

  @Override
  public void retried(Attempt attempt, Duration wait, IOException cause) {
    PauseEvent event = new PauseEvent();
    event.subject = "key " + attempt.key();
    event.pause = wait.toNanos();
    event.commit();
  }

  @Override
  public void parked(Object lane, Duration pause) {
    PauseEvent event = new PauseEvent();
    event.subject = "lane " + lane;
    event.pause = pause.toNanos();
    event.commit();
  }

  /** An attempt has its permit. */
  @Name("dev.sluice.Permit")
  @Label("Permit")
  @Category("Sluice")
  @StackTrace(false)
  static final class PermitEvent extends Event {
    String key = "";
    String lane = "";

    @Timespan(Timespan.NANOSECONDS)
    long waited;
  }

  /** An attempt has ended. */
  @Name("dev.sluice.Attempt")
  @Label("Attempt")
  @Category("Sluice")
  @StackTrace(false)
  static final class AttemptEvent extends Event {
    String key = "";
    String lane = "";
    int number;
    String status = "";

    @Timespan(Timespan.NANOSECONDS)
    long took;

    String error = "";
  }

  /** A key waits for its next attempt, or a lane is parked. */
  @Name("dev.sluice.Pause")
  @Label("Pause")
  @Category("Sluice")
  @StackTrace(false)
  static final class PauseEvent extends Event {
    String subject = "";

    @Timespan(Timespan.NANOSECONDS)
    long pause;
  }
}
