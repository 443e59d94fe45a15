package dev.sluice.fetch;

import dev.sluice.IoSchedulers;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.Success;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.Work;
import dev.sluice.fetch.DownloadSetup.Feature;
import dev.sluice.http.HttpClient;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeEmitter;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Attempts at downloads, and what follows the last one. */
final class DownloadWork implements Work<DownloadItem, Arrival> {
  private final DownloadSetup setup;
  private final DownloadNames names;
  private final SmallFiles files;
  private final Policy policy;

  DownloadWork(DownloadSetup setup) {
    this.setup = setup;
    this.names = new DownloadNames(setup);
    this.files = new SmallFiles(setup, names);
    this.policy = setup.client().policy();
  }

  /**
   * The policy of the client for downloads: an attempt has its {@link StallClock}, two attempts
   * never write one file at once, and an item says itself whether it has another attempt.
   */
  Policy policy() {
    Retry retry =
        new Retry(
            Integer.MAX_VALUE,
            policy.retry().backoff(),
            policy.retry().longestWait(),
            e -> e instanceof AttemptFailure failure && failure.isTransient());
    return policy.withoutHedge().withAttemptTimeout(Policy.FOREVER).withRetry(retry);
  }

  @Override
  public String target(DownloadItem item) {
    return UrlKey.of(item.url());
  }

  @Override
  public Object lane(DownloadItem item) {
    return HttpClient.lane(item.url());
  }

  /** Names the file, and finds it if it is trusted: neither needs a request. */
  Maybe<Arrival> known(DownloadItem item) throws IOException {
    names.beforeResponse(item);
    Scheduler disk = policy.schedulers().disk();
    if (setup.has(Feature.TRUST)) {
      return Maybe.<Arrival>create(emitter -> findTrusted(item, emitter)).subscribeOn(disk);
    }
    // Here, so that the first attempts need no threads for it. If it fails, the attempts say so.
    return setup.isLoaded()
        ? Maybe.empty()
        : new DiskQueue(disk).run(setup::load).ignoreElement().onErrorComplete().toMaybe();
  }

  private void findTrusted(DownloadItem item, MaybeEmitter<Arrival> emitter) {
    try {
      Optional<Arrival> trusted = trusted(item);
      trusted.ifPresentOrElse(emitter::onSuccess, emitter::onComplete);
    } catch (IOException e) {
      // After a disposal, which may interrupt the reading, the failure has no receiver.
      boolean unused = emitter.tryOnError(e);
    }
  }

  private Optional<Arrival> trusted(DownloadItem item) throws IOException {
    setup.load();
    for (URI url : item.download().urls()) {
      Optional<FinishedFile> found = setup.finished().find(url, item.name()).filter(item::fits);
      if (found.isPresent() && names.canKeep(item, found.get())) {
        return Optional.of(found.get().unchanged(setup.folder(), url, 0));
      }
    }
    return Optional.empty();
  }

  @Override
  public Maybe<Arrival> attempt(DownloadItem item) {
    return attempt(item, policy.schedulers());
  }

  @Override
  public Maybe<Arrival> attempt(DownloadItem item, IoSchedulers schedulers) {
    return Maybe.defer(() -> timed(item, schedulers))
        .onErrorResumeNext(
            e -> e instanceof IOException failure ? failed(item, failure) : Maybe.error(e));
  }

  private Maybe<Arrival> timed(DownloadItem item, IoSchedulers schedulers) {
    StallClock clock =
        new StallClock(schedulers.timer(), policy.attemptTimeout(), setup.stallTimeout());
    DiskQueue disk = new DiskQueue(schedulers.disk());
    Transfer transfer = new Transfer(setup, names, item, clock, disk);
    return clock.bound(transfer.run(schedulers).toMaybe(), item, target(item));
  }

  private Maybe<Arrival> failed(DownloadItem item, IOException failure) {
    AttemptFailure next = item.failed(failure, policy.retry());
    return next == null ? Maybe.empty() : Maybe.error(next);
  }

  /** The outcome of a download: a small body is written, a failure is the last attempt's own. */
  Single<Outcome<DownloadItem, Downloaded>> outcome(Outcome<DownloadItem, Arrival> attempted) {
    DownloadItem item = attempted.key();
    if (attempted instanceof Success<DownloadItem, Arrival> success) {
      return saved(item, success.value());
    }
    names.giveUp(item);
    if (attempted instanceof Failure<DownloadItem, Arrival> failure) {
      IOException cause =
          failure.cause() instanceof AttemptFailure last ? last.failure() : failure.cause();
      return Single.just(Outcome.failure(item, cause, failure.attempts()));
    }
    return Single.just(Outcome.notFound(item));
  }

  private Single<Outcome<DownloadItem, Downloaded>> saved(DownloadItem item, Arrival arrival) {
    return arrival instanceof Arrival.OnDisk there
        ? Single.just(Outcome.success(item, there.value()))
        : files.saved(item, (Arrival.InMemory) arrival);
  }
}
