package dev.sluice;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The number of attempts at one key, and its times if they are journalled. */
final class Course extends AtomicInteger {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Timings timings;

  private Course(@Nullable Timings timings) {
    this.timings = timings;
  }

  static Course untimed() {
    return new Course(null);
  }

  static Course timed(RunClock clock) {
    return new Course(new Timings(clock));
  }

  /** Null if the times of the key are of no use. */
  @Nullable Timings timings() {
    return timings;
  }
}
