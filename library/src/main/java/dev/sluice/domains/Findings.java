package dev.sluice.domains;

import static java.util.Objects.requireNonNull;

import dev.sluice.domains.Evidence.Source;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What the sources say of one name. The registry's word counts for the registration, that of the
 * parent zone's servers for the delegation. A resolver may be late or filter, so its word counts
 * only where neither contradicts it.
 */
final class Findings {
  /** These say that the name cannot be had, whatever another source says. */
  private static final Set<Finding> TAKEN =
      EnumSet.of(
          Finding.DELEGATED,
          Finding.EXISTS,
          Finding.REGISTERED,
          Finding.ON_HOLD,
          Finding.REDEMPTION,
          Finding.PENDING_DELETE);

  private final Map<Source, Set<Finding>> bySource = new EnumMap<>(Source.class);
  private final Set<Finding> all = EnumSet.noneOf(Finding.class);

  Findings(Collection<Evidence> evidence) {
    for (Source source : Source.values()) {
      bySource.put(source, EnumSet.noneOf(Finding.class));
    }
    for (Evidence each : evidence) {
      of(each.source()).add(each.finding());
      all.add(each.finding());
    }
  }

  Verdict verdict() {
    if (all.contains(Finding.NOT_REGISTERED)) {
      return withoutRegistration();
    }
    if (all.contains(Finding.REDEMPTION)) {
      return Verdict.REDEMPTION;
    }
    if (all.contains(Finding.PENDING_DELETE)) {
      return Verdict.PENDING_DELETE;
    }
    if (of(Source.REGISTRY).contains(Finding.RESERVED)) {
      return Verdict.RESERVED;
    }
    return all.contains(Finding.REGISTERED) || all.contains(Finding.ON_HOLD)
        ? registered()
        : withoutRegistry();
  }

  /** A registry says that it does not have the name. */
  private Verdict withoutRegistration() {
    if (all.stream().anyMatch(TAKEN::contains)) {
      return Verdict.UNKNOWN;
    }
    if (all.contains(Finding.RESERVED)) {
      return Verdict.RESERVED;
    }
    boolean saysTheRegistry = of(Source.REGISTRY).contains(Finding.NOT_REGISTERED);
    return saysTheRegistry && isAbsent() ? Verdict.LIKELY_FREE : Verdict.UNKNOWN;
  }

  /** A filter between here and DNS answers NXDOMAIN for what it blocks, so the parent decides. */
  private boolean isAbsent() {
    Set<Finding> parent = of(Source.PARENT);
    return (parent.isEmpty() ? of(Source.RESOLVER) : parent).contains(Finding.NO_SUCH_NAME);
  }

  private Verdict registered() {
    if (of(Source.PARENT).contains(Finding.DELEGATED)) {
      return Verdict.REGISTERED;
    }
    if (parentDenies()) {
      return Verdict.REGISTERED_NOT_DELEGATED;
    }
    if (of(Source.RESOLVER).contains(Finding.DELEGATED)) {
      return Verdict.REGISTERED;
    }
    return all.contains(Finding.ON_HOLD) || isAbsent()
        ? Verdict.REGISTERED_NOT_DELEGATED
        : Verdict.REGISTERED;
  }

  private boolean parentDenies() {
    return of(Source.PARENT).contains(Finding.NO_SUCH_NAME)
        || of(Source.PARENT).contains(Finding.EXISTS);
  }

  /** No registry has answered. */
  private Verdict withoutRegistry() {
    if (all.contains(Finding.DELEGATED)) {
      boolean parentAffirms = of(Source.PARENT).contains(Finding.DELEGATED);
      boolean resolverAffirms = !of(Source.RESOLVER).contains(Finding.NO_SUCH_NAME);
      return !parentDenies() && (parentAffirms || resolverAffirms)
          ? Verdict.REGISTERED
          : Verdict.UNKNOWN;
    }
    return all.contains(Finding.RESERVED) ? Verdict.RESERVED : Verdict.UNKNOWN;
  }

  private Set<Finding> of(Source source) {
    return requireNonNull(bySource.get(source));
  }
}
