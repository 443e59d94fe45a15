package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.util.List;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/**
 * What a timeout covers: several works at once, one after another, or a chain. In a pipeline,
 * {@code Policy.withAttemptTimeout} covers one attempt and {@code Policy.withItemTimeout} all
 * attempts and the waits between them.
 */
@Command(
    name = "timeouts",
    description = "A timeout for two works at once, for each in turn, and for a chain.")
public final class Timeouts extends TimeScaledCommand {
  public static void main(String... args) {
    launch(new Timeouts(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.concatArray(
        WorkLog.scene("wait_for(gather(A, B), 1.5)", context, Timeouts::gather),
        WorkLog.scene("wait_for(A, 1.5), then wait_for(B, 1.5)", context, Timeouts::inTurn),
        WorkLog.scene("gather(A, B).cancel()", context, Timeouts::cancelGather),
        WorkLog.scene("timeout(2) around await A; await B", context, Timeouts::chain));
  }

  /** The timeout disposes both. */
  private static Completable gather(WorkLog log) {
    return log.printError(limited(both(log).ignoreElement(), 1.5, log));
  }

  /** Each has its own timeout, and B starts when A has ended: 2 s, and no timeout expires. */
  private static Completable inTurn(WorkLog log) {
    return limited(log.work("A", 1).ignoreElement(), 1.5, log)
        .andThen(limited(log.work("B", 1).ignoreElement(), 1.5, log));
  }

  /** Cancelling the task of {@code zip} disposes what it has subscribed to. */
  private static Completable cancelGather(WorkLog log) {
    Task<List<String>> gather = Task.create("gather", both(log), log.loop());
    return log.sleep(1)
        .doOnComplete(gather::cancel)
        .andThen(log.printError(gather.result().ignoreElement()));
  }

  /** {@code async with asyncio.timeout(2)}: one timeout for the whole chain. */
  private static Completable chain(WorkLog log) {
    Completable chain =
        log.work("A", 1).ignoreElement().andThen(log.work("B", 1.5)).ignoreElement();
    return log.printError(limited(chain, 2, log));
  }

  private static Single<List<String>> both(WorkLog log) {
    return Single.zip(log.work("A", 2), log.work("B", 3), List::of);
  }

  private static Completable limited(Completable work, double seconds, WorkLog log) {
    return work.timeout(
        (long) (seconds * 1000),
        MILLISECONDS,
        log.loop(),
        Completable.error(() -> new TimeoutException("timed out")));
  }
}
