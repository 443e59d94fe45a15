package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Marks names that may exist only because of a wildcard in their zone (RFC 4592).
 *
 * <pre>{@code
 * Domains domains = Domains.of(Wildcards.checking(resolver), policy);
 * }</pre>
 *
 * <p>When the first name under a parent is found (the parent of {@code await.dev} is {@code dev}),
 * a sibling of random letters is looked up, and its answer is kept for all names under that parent.
 * A name with the same set of addresses as the random sibling (both sets may be empty) is marked as
 * a {@linkplain Answer#wildcard() wildcard}. Two cases cannot be told apart: a record of its own
 * with the wildcard's addresses is marked, and a name under a wildcard whose addresses change from
 * query to query is not.
 */
public final class Wildcards {
  private static final int PARENTS_KEPT = 10_000;
  private static final int LABEL = 24;
  private static final int LONGEST_PARENT = 253 - LABEL - 1;

  private final Resolver resolver;

  /** The addresses of the random siblings, by parent, least recently used first; its own lock. */
  private final Map<DomainName, Single<Optional<Set<InetAddress>>>> siblings =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<DomainName, Single<Optional<Set<InetAddress>>>> eldest) {
          return size() > PARENTS_KEPT;
        }
      };

  private Wildcards(Resolver resolver) {
    this.resolver = requireNonNull(resolver, "resolver");
  }

  /**
   * {@return a resolver whose answers say whether they may come from a wildcard}
   *
   * <p>It makes one more lookup per parent, shared by the names that wait for it. The answers for
   * the 10,000 most recently used parents are kept. If the lookup of the sibling fails, the name
   * counts as no wildcard, and the next name under that parent starts a new one. The attempt
   * timeout of the policy covers both lookups together. Safe for use by several threads.
   *
   * @param resolver makes the lookups
   */
  public static Resolver checking(Resolver resolver) {
    Wildcards wildcards = new Wildcards(resolver);
    return wildcards::resolve;
  }

  private Maybe<Answer> resolve(DomainName name) {
    return resolver.resolve(name).flatMapSingle(answer -> checked(name, answer));
  }

  private Single<Answer> checked(DomainName name, Answer answer) {
    return name.parent()
        .filter(parent -> parent.value().length() <= LONGEST_PARENT)
        .map(parent -> sibling(parent).map(sibling -> marked(answer, sibling)))
        .orElseGet(() -> Single.just(answer));
  }

  private static Answer marked(Answer answer, Optional<Set<InetAddress>> sibling) {
    boolean same = sibling.filter(Set.copyOf(answer.addresses())::equals).isPresent();
    return new Answer(answer.addresses(), same || answer.wildcard());
  }

  private Single<Optional<Set<InetAddress>>> sibling(DomainName parent) {
    Single<Optional<Set<InetAddress>>> sibling;
    synchronized (siblings) {
      sibling = siblings.computeIfAbsent(parent, this::asked);
    }
    return sibling.onErrorResumeNext(Wildcards::unknown);
  }

  /** One lookup, shared by all waiting subscribers, that replaces itself by its result. */
  private Single<Optional<Set<InetAddress>>> asked(DomainName parent) {
    return Maybe.defer(() -> resolver.resolve(randomChild(parent)))
        .map(answer -> Optional.of(Set.copyOf(answer.addresses())))
        .defaultIfEmpty(Optional.empty())
        .doOnSuccess(known -> keep(parent, known))
        .toObservable()
        // A subscriber that arrives between onNext and onComplete still gets the value.
        .replay(1)
        .refCount()
        .singleOrError();
  }

  private void keep(DomainName parent, Optional<Set<InetAddress>> known) {
    synchronized (siblings) {
      siblings.replace(parent, Single.just(known));
    }
  }

  private static Single<Optional<Set<InetAddress>>> unknown(Throwable e) {
    return e instanceof IOException ? Single.just(Optional.empty()) : Single.error(e);
  }

  private static DomainName randomChild(DomainName parent) {
    Random random = ThreadLocalRandom.current();
    StringBuilder label = new StringBuilder(LABEL);
    for (int i = 0; i < LABEL; i++) {
      label.append((char) ('a' + random.nextInt(26)));
    }
    return new DomainName(label + "." + parent);
  }
}
