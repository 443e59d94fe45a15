package dev.sluice.dns;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Marks names that may exist only because of a wildcard in their zone (RFC 4592).
 *
 * <pre>{@code
 * Domains domains = Domains.of(Wildcards.checking(resolver), policy);
 * }</pre>
 *
 * <p>When the first name under a parent is found (the parent of {@code await.dev} is {@code dev}),
 * a sibling of 24 random letters is looked up. A name with the same set of addresses (both sets may
 * be empty) is marked as a {@linkplain Answer#wildcard() wildcard}. A name with other addresses is
 * compared further, with at most 3 siblings per parent in all for names of one kind:
 *
 * <ul>
 *   <li>The addresses of a wildcard may change from query to query. If the random siblings have
 *       different addresses, a name is marked even if none of them had its addresses, as long as
 *       little is known of them. Names that are found under the parent add to what is known. From
 *       seven answers on, of which at most one had an address that no other had, a name with
 *       addresses of its own is not marked. Three siblings with the same addresses are taken for a
 *       wildcard that does not change.
 *   <li>A server may answer only names of some shape, such as names with a digit or short names. If
 *       the first sibling does not exist, one of the name's shape is looked up: other letters in
 *       place of letters, other digits in place of digits. If it exists, a second one is, and a
 *       third one if those two have different addresses. One that does not exist speaks for all
 *       names of its kind (which have the same of letters, digits, hyphens, underscores and the
 *       prefix of an IDN) and of its length, and a shorter and a longer one for all lengths between
 *       them. Each further kind takes one lookup, and at most 3. A label with fewer than two
 *       letters or digits is not compared: its sibling may be a real name.
 * </ul>
 *
 * <p>A record of its own that has the wildcard's addresses cannot be told apart, and is marked. If
 * the lookup of a sibling fails, the name is not marked, and the next name under the parent repeats
 * the lookup, at most twice.
 */
public final class Wildcards {
  private static final int ZONES_KEPT = 10_000;
  private static final int MAX_ADDRESSES = 64;
  private static final int LONGEST_PARENT = 253 - LabelShape.LONG_LETTERS.length() - 1;
  private static final Comparator<InetAddress> BY_BYTES =
      Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned);

  private final Resolver resolver;

  /** What is known of parents, least recently used first; its own lock. */
  private final Map<DomainName, WildcardZone> zones =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DomainName, WildcardZone> eldest) {
          return size() > ZONES_KEPT;
        }
      };

  private Wildcards(Resolver resolver) {
    this.resolver = requireNonNull(resolver, "resolver");
  }

  /**
   * {@return a resolver whose answers say whether they may come from a wildcard}
   *
   * <p>Siblings are looked up one at a time under each parent, and all names under it share them.
   * The lookups that a name waits for follow each other, so they need no more than its permit; the
   * attempt timeout of the policy covers all of them. What was found of the {@value #ZONES_KEPT}
   * most recently used parents is kept. Safe for use by several threads.
   *
   * @param resolver makes the lookups, and counts them in its statistics
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
        .map(parent -> zone(parent).mayGive(shape(name), addresses(answer)))
        .map(wildcard -> wildcard.onErrorResumeNext(Wildcards::unknown))
        .map(
            wildcard -> wildcard.map(is -> new Answer(answer.addresses(), is || answer.wildcard())))
        .orElseGet(() -> Single.just(answer));
  }

  private WildcardZone zone(DomainName parent) {
    synchronized (zones) {
      return zones.computeIfAbsent(parent, any -> new WildcardZone(label -> sibling(label, any)));
    }
  }

  private Single<Optional<Set<InetAddress>>> sibling(String label, DomainName parent) {
    return resolver
        .resolve(new DomainName(label + "." + parent))
        .map(answer -> Optional.of(addresses(answer)))
        .defaultIfEmpty(Optional.empty());
  }

  private static LabelShape shape(DomainName name) {
    return LabelShape.of(name.value().substring(0, name.value().indexOf('.')));
  }

  /** The addresses that are compared, and kept: not all of an answer that has very many. */
  private static Set<InetAddress> addresses(Answer answer) {
    return answer.addresses().size() <= MAX_ADDRESSES
        ? Set.copyOf(answer.addresses())
        : answer.addresses().stream()
            .sorted(BY_BYTES)
            .limit(MAX_ADDRESSES)
            .collect(toUnmodifiableSet());
  }

  private static Single<Boolean> unknown(Throwable e) {
    return e instanceof IOException ? Single.just(false) : Single.error(e);
  }
}
