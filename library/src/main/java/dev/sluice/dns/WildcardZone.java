package dev.sluice.dns;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parent zone, and the lookup of a sibling under it that is in flight. All names under the parent
 * wait for that lookup, and then look again at what is known.
 */
final class WildcardZone {
  /** Looks up a random label under the parent: its addresses, or empty if it does not exist. */
  @FunctionalInterface
  interface Lookup {
    Single<Optional<Set<InetAddress>>> of(String label);
  }

  private final Lookup lookup;

  // Guarded by this.
  private final WildcardEvidence evidence = new WildcardEvidence();
  private @Nullable Sibling inFlight;

  WildcardZone(Lookup lookup) {
    this.lookup = lookup;
  }

  /** Whether an answer for a label of a shape may come from a wildcard of the zone, cold. */
  Single<Boolean> mayGive(LabelShape shape, Set<InetAddress> found) {
    return Single.defer(() -> next(shape, found));
  }

  private synchronized Single<Boolean> next(LabelShape shape, Set<InetAddress> found) {
    if (inFlight == null) {
      WildcardEvidence.Step step = evidence.judge(shape, found);
      if (step.ask() == null) {
        return Single.just(step.mayGive());
      }
      inFlight = new Sibling(step.ask());
    }
    return inFlight.shared.andThen(mayGive(shape, found));
  }

  /** The lookup of one sibling, which all that wait for it share. */
  private final class Sibling {
    private final WildcardEvidence.Ask ask;
    private final Completable shared;

    Sibling(WildcardEvidence.Ask ask) {
      this.ask = ask;
      shared = Completable.defer(this::lookup).toObservable().publish().refCount().ignoreElements();
    }

    /** A subscriber that comes after the end has nothing to look up. */
    private Completable lookup() {
      synchronized (WildcardZone.this) {
        return inFlight == this
            ? lookup
                .of(ask.shape().random())
                .doOnSuccess(answer -> end(() -> ask.siblings().add(ask.shape(), answer)))
                .doOnError(e -> end(ask.siblings()::addFailure))
                .ignoreElement()
            : Completable.complete();
      }
    }

    private void end(Runnable note) {
      synchronized (WildcardZone.this) {
        note.run();
        inFlight = null;
      }
    }
  }
}
