package dev.sluice.samples.ledger;

import dev.sluice.samples.domains.ProbeVerdict;
import io.reactivex.rxjava3.core.Flowable;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What changed between the last two recordings of a name.
 *
 * @param kind the kind of change
 * @param before the entry before the last
 * @param after the last entry
 */
record Change(Kind kind, LedgerEntry before, LedgerEntry after) {

  /** The kinds of changes. */
  enum Kind {
    BECAME_FREE,
    BECAME_TAKEN,
    ADDRESS_CHANGED
  }

  /**
   * The changes among entries in the order of names, and for each name the oldest first. Holds only
   * the last two entries of the current name.
   */
  static Flowable<Change> among(Flowable<LedgerEntry> byName) {
    return Flowable.defer(
        () -> {
          LastTwo lastTwo = new LastTwo();
          return byName
              .mapOptional(lastTwo::next)
              .concatWith(Flowable.defer(() -> Flowable.fromOptional(lastTwo.change())));
        });
  }

  private static Optional<Change> between(LedgerEntry before, LedgerEntry after) {
    boolean free = after.verdict() == ProbeVerdict.NOT_FOUND;
    if (free != (before.verdict() == ProbeVerdict.NOT_FOUND)) {
      return Optional.of(new Change(free ? Kind.BECAME_FREE : Kind.BECAME_TAKEN, before, after));
    }
    // Name servers rotate addresses, so their order does not count.
    return Set.copyOf(before.addresses()).equals(Set.copyOf(after.addresses()))
        ? Optional.empty()
        : Optional.of(new Change(Kind.ADDRESS_CHANGED, before, after));
  }

  /** The last two entries of one name. */
  private static final class LastTwo {
    private @Nullable LedgerEntry before;
    private @Nullable LedgerEntry after;

    /** Takes the next entry. The change of the name before, if this entry starts a new name. */
    Optional<Change> next(LedgerEntry entry) {
      if (after != null && after.name().equals(entry.name())) {
        before = after;
        after = entry;
        return Optional.empty();
      }
      Optional<Change> change = change();
      before = null;
      after = entry;
      return change;
    }

    Optional<Change> change() {
      return before == null || after == null ? Optional.empty() : between(before, after);
    }
  }
}
