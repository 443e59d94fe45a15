package dev.sluice.samples.exercises.checks;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.Outcome;
import dev.sluice.flags.CountryCode;
import dev.sluice.samples.exercises.E40Download;
import dev.sluice.samples.exercises.runner.ExerciseCheck;
import dev.sluice.samples.exercises.runner.Expect;
import dev.sluice.samples.exercises.runner.UnreliableSite;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Checks {@link E40Download}. */
public final class E40DownloadCheck implements ExerciseCheck {
  private static final long LONGEST_WAIT_SECONDS = 5;

  @Override
  public String lesson() {
    return """
    A Policy bounds and retries: limit(3), Retry.upTo(3) with a back-off. Flowable.using
    closes the client, and takeUntil(stop) cancels what is in flight: no file is left
    half-written.\
    """;
  }

  @Override
  public void run() throws Exception {
    Path folder = Files.createTempDirectory("exercise");
    try (UnreliableSite site = UnreliableSite.start(2)) {
      downloadsAll(site, folder);
      stops(site, folder);
    } finally {
      UnreliableSite.delete(folder);
    }
  }

  private static void downloadsAll(UnreliableSite site, Path folder) {
    Flowable<CountryCode> codes =
        Flowable.just("br", "cn", "de", "in", "us", "vn").map(CountryCode::of);
    long successes =
        E40Download.download(site.uri(), folder, codes, Flowable.never())
            .filter(outcome -> outcome instanceof Outcome.Success)
            .count()
            .blockingGet();
    Expect.equal(6L, successes, "successes, at a site that answers each third request for a flag");
    Expect.equal(6, UnreliableSite.count(folder), "files");
    Expect.equal(3, site.peak(), "requests at the same time");
  }

  /** fr never ends. */
  private static void stops(UnreliableSite site, Path folder) throws InterruptedException {
    PublishProcessor<String> stop = PublishProcessor.create();
    AtomicBoolean completed = new AtomicBoolean();
    TestSubscriber<?> run =
        E40Download.download(site.uri(), folder, Flowable.just(CountryCode.of("fr")), stop)
            .doOnComplete(() -> completed.set(true))
            .test();
    site.awaitEndless();
    stop.onNext("stop");
    // A thread that is emitting the outcome of the closed client completes the stream itself.
    boolean unused = run.await(LONGEST_WAIT_SECONDS, SECONDS);
    Expect.that(completed.get(), "the stream goes on after the stop");
    Expect.that(site.endlessWasCancelled(), "the request goes on after the stop");
    Expect.equal(6, UnreliableSite.count(folder), "files after the stop");
    run.cancel();
  }
}
