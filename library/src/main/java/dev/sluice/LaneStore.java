package dev.sluice;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.Map;

/**
 * Keeps the rates and the pauses of lanes where several processes share them, such as a database.
 * {@link Lanes#withStore} gives it to a limiter.
 *
 * <pre>{@code
 * Lanes shared = Lanes.limit(8).withRate(Rate.perSecond(50)).withParking(ofMinutes(1)).withStore(store);
 * Limiter limiter = Limiter.of(64, shared);
 * }</pre>
 *
 * <p>A limiter subscribes to what these methods return on its network threads, at most {@value
 * StoreCalls#AT_ONCE} times at once, so a store may block its thread. A call that throws, fails or
 * does not answer within 5 s is made again after a pause, and meanwhile the attempts of the lane
 * wait. After 30 s without an answer they fail with a {@link LaneStoreException}, and so do later
 * ones, until the store answers again.
 *
 * <p>Times are durations and not instants, because the clocks of several machines differ. A store
 * measures all of them with one clock.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface LaneStore {
  /**
   * Takes the next permits of a lane for the process that asks. The permits of all processes
   * together keep the rate: each is due one {@linkplain Rate#spacing() spacing} after the one
   * before, or at once while the {@linkplain Rate#burst() burst} is not used up. A permit that is
   * not used when it is due, because its process has ended or has no use for it, is lost.
   *
   * <p>A limiter takes as many as it needs for the next 200 ms, at least one, and does not ask
   * again before half of them are used.
   *
   * <p><b>Scheduler:</b> that of the store. <b>Failure:</b> any error; the limiter asks again.
   * <b>Cancellation:</b> the answer is of no use any more; the permits may be lost.
   *
   * @param lane names the lane
   * @param rate how many attempts of the lane may start in a time; the same in all processes
   * @param permits how many, 1 or more
   * @return how long until the last of these permits is due; zero if all may be used at once
   */
  Single<Duration> lease(String lane, Rate rate, int permits);

  /**
   * Parks a lane for all processes, for at least this long from now. A longer pause that is known
   * already stays.
   *
   * <p><b>Scheduler:</b> that of the store. <b>Failure:</b> any error; the limiter tries three
   * times. <b>Cancellation:</b> the lane may be parked or not.
   *
   * @param lane names the lane
   * @param pause longer than zero
   * @return completes when other processes can learn of the pause
   */
  Completable park(String lane, Duration pause);

  /**
   * Says which lanes are parked, by any process. A limiter asks each 300 ms while it has lanes, and
   * starts no attempt before the first answer.
   *
   * <p><b>Scheduler:</b> that of the store. <b>Failure:</b> any error; the limiter asks again.
   * <b>Cancellation:</b> the answer is of no use any more.
   *
   * @return how much longer each parked lane is parked, by its name
   */
  Single<Map<String, Duration>> pauses();

  /**
   * {@return a store in the memory of this process, for limiters in tests}
   *
   * @param timer its clock; a {@code TestScheduler} in a test
   */
  static LaneStore inMemory(Scheduler timer) {
    return new MemoryLaneStore(timer);
  }
}
