package dev.sluice.flags;

import static dev.sluice.Answers.ok;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.Await;
import dev.sluice.IoSchedulers;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.disk.Folder;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A server that answers as scripted and its client, whose time the test moves by hand. */
final class Site implements AutoCloseable {
  static final byte[] FLAG = ok("image/gif", Gifs.tiny());

  final TestScheduler clock = new TestScheduler();
  final RawServer server;
  final Policy policy;
  final Flags flags;
  private final AtomicInteger running = new AtomicInteger();

  Site(Path folder, UnaryOperator<Policy> change, RawServer.Script script) {
    server = RawServer.answering(script);
    policy =
        change.apply(
            FlagOptions.standard()
                .policy()
                .withSchedulers(
                    IoSchedulers.shared()
                        .withTimer(clock)
                        .withNetwork(Schedulers.from(this::onTheNetwork))));
    flags = Flags.at(server.base(), Folder.at(folder), FlagOptions.of(policy));
  }

  static Site of(Path folder, RawServer.Script script) {
    return new Site(folder, policy -> policy, script);
  }

  static Site limited(Path folder, int limit, RawServer.Script script) {
    return new Site(
        folder, policy -> Policy.limit(limit).withSchedulers(policy.schedulers()), script);
  }

  void pass(Duration time) {
    clock.advanceTimeBy(time.toMillis(), MILLISECONDS);
  }

  /** So many codes, the first ones of AA to ZZ. */
  static Flowable<CountryCode> codes(int count) {
    return Flowable.fromIterable(CountryCode.every()).take(count);
  }

  /** Until every permit is back and every network thread is done, the start of a wait included. */
  void awaitIdle() {
    Await.until(() -> policy.limiter().inFlight() == 0, "no permit is out");
    Await.until(() -> running.get() == 0, "no network thread is at work");
  }

  private void onTheNetwork(Runnable task) {
    running.incrementAndGet();
    IoSchedulers.shared()
        .network()
        .scheduleDirect(
            () -> {
              try {
                task.run();
              } finally {
                running.decrementAndGet();
              }
            });
  }

  @Override
  public void close() {
    flags.close();
    server.close();
    awaitIdle();
  }
}
