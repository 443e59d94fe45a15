package dev.sluice.samples.walkthrough;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** A scheduler with a virtual thread per task. Uses reflection, since JDK 17 lacks the methods. */
final class VirtualThreadScheduler {
  private VirtualThreadScheduler() {}

  /** Empty before JDK 21. */
  static Optional<Scheduler> create() {
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
      // Before JDK 21, or a preview feature that is not enabled.
      return Optional.empty();
    }
  }
}
