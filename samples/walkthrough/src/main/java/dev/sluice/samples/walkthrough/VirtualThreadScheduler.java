package dev.sluice.samples.walkthrough;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** A thread per task, which costs next to nothing; by reflection, as JDK 17 has no such thing. */
final class VirtualThreadScheduler {
  private VirtualThreadScheduler() {}

  static Optional<Scheduler> scheduler() {
    return factory().map(threads -> Schedulers.from(task -> threads.newThread(task).start(), true));
  }

  /** {@code Thread.ofVirtual().name("virtual-", 1).factory()}. */
  private static Optional<ThreadFactory> factory() {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      Object named =
          type.getMethod("name", String.class, long.class).invoke(builder, "virtual-", 1);
      return Optional.of((ThreadFactory) type.getMethod("factory").invoke(named));
    } catch (ReflectiveOperationException e) {
      // Older than 21, or a preview that is not switched on.
      return Optional.empty();
    }
  }
}
