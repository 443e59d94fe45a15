package dev.sluice;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;

/**
 * The threads of a pipeline: network work apart from disk work, and a clock. Nothing in Sluice runs
 * on any other scheduler.
 *
 * <p>A test passes a {@code TestScheduler} as the timer and moves the time by hand; an app on a JDK
 * with virtual threads may pass {@code Schedulers.from(newVirtualThreadPerTaskExecutor())}.
 *
 * @param network runs blocking network calls; must offer as many threads as the limiter has permits
 * @param disk runs blocking file work
 * @param timer measures deadlines and back-off, and runs nothing that blocks; its {@code now()}
 *     should not jump when the wall clock is set
 */
public record IoSchedulers(Scheduler network, Scheduler disk, Scheduler timer) {
  /** No more network threads than this, at one at a time per call in flight. */
  public static final int MAX_NETWORK_THREADS = 1_024;

  private static final int DISK_THREADS = 1;

  /**
   * Refuses null.
   *
   * @param network {@link #network()}
   * @param disk {@link #disk()}
   * @param timer {@link #timer()}
   */
  public IoSchedulers {
    requireNonNull(network, "network");
    requireNonNull(disk, "disk");
    requireNonNull(timer, "timer");
  }

  /**
   * {@return the ones that everybody shares unless told otherwise}
   *
   * <p>At most {@value #MAX_NETWORK_THREADS} network threads named {@code sluice-network-N}, one
   * disk thread {@code sluice-disk-N} and one {@code sluice-timer-N}. All are daemons that start on
   * demand and go after 5 idle seconds, so they neither hold a {@code main} back nor need closing.
   */
  public static IoSchedulers shared() {
    return Shared.SCHEDULERS;
  }

  /**
   * {@return a copy with this timer}
   *
   * @param timer measures deadlines and back-off
   */
  public IoSchedulers withTimer(Scheduler timer) {
    return new IoSchedulers(network, disk, timer);
  }

  /**
   * {@return a copy with this network scheduler}
   *
   * @param network runs blocking network calls
   */
  public IoSchedulers withNetwork(Scheduler network) {
    return new IoSchedulers(network, disk, timer);
  }

  /**
   * {@return a copy with this disk scheduler}
   *
   * @param disk runs blocking file work
   */
  public IoSchedulers withDisk(Scheduler disk) {
    return new IoSchedulers(network, disk, timer);
  }

  /** Made when first asked for. */
  private static final class Shared {
    static final IoSchedulers SCHEDULERS =
        new IoSchedulers(
            Schedulers.from(Threads.elastic("sluice-network", MAX_NETWORK_THREADS)),
            Schedulers.from(Threads.elastic("sluice-disk", DISK_THREADS)),
            new MonotonicTimer(Schedulers.from(Threads.timer("sluice-timer"))));
  }
}
