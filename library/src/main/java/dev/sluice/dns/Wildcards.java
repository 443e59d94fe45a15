package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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
 * a sibling of 24 random letters is looked up, and its answer is kept for all names under that
 * parent. A name with the same set of addresses as the random sibling (both sets may be empty) is
 * marked as a {@linkplain Answer#wildcard() wildcard}.
 *
 * <p>A name with other addresses is compared further:
 *
 * <ul>
 *   <li>The addresses of a wildcard may change from query to query. If two more random siblings
 *       have different addresses, eight more are looked up, and a name is marked if siblings had
 *       all of its addresses.
 *   <li>A server may answer only names of some shape, such as names with a digit or short names.
 *       Two siblings of the name's shape are looked up: other letters in place of letters, other
 *       digits in place of digits. If both exist, they are compared in the same way. A label with
 *       fewer than two letters or digits is not compared: its sibling may be a real name.
 * </ul>
 *
 * <p>A record of its own that has the wildcard's addresses cannot be told apart, and is marked.
 */
public final class Wildcards {
  private static final int ANSWERS_KEPT = 10_000;
  private static final int LABEL = 24;
  private static final int LONGEST_PARENT = 253 - LABEL - 1;
  private static final String ANY_SHAPE = "a".repeat(LABEL);
  private static final String IDN_PREFIX = "xn--";

  /** Siblings that show whether addresses change, and then the siblings that collect them. */
  private static final int FEW = 2;

  private static final int MANY = 8;

  private final Resolver resolver;

  /** The answers for random siblings, least recently used first; its own lock. */
  private final Map<Siblings, Single<List<Optional<Set<InetAddress>>>>> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<Siblings, Single<List<Optional<Set<InetAddress>>>>> eldest) {
          return size() > ANSWERS_KEPT;
        }
      };

  private Wildcards(Resolver resolver) {
    this.resolver = requireNonNull(resolver, "resolver");
  }

  /**
   * Random names under one parent.
   *
   * @param shape the first label, with {@code a} for a letter and {@code 0} for a digit
   */
  private record Siblings(DomainName parent, String shape, int count) {
    Siblings ofCount(int other) {
      return new Siblings(parent, shape, other);
    }
  }

  /**
   * {@return a resolver whose answers say whether they may come from a wildcard}
   *
   * <p>It makes one more lookup per parent, shared by the names that wait for it. For names with
   * other addresses than that sibling, it makes two more per parent and two for each shape of their
   * labels; where addresses change, eight more. The lookups of one name follow each other, so they
   * need no more than its permit. The 10,000 most recently used answers are kept. If a lookup
   * fails, the name counts as no wildcard, and the next name under that parent starts a new one.
   * The attempt timeout of the policy covers all lookups for a name together. Safe for use by
   * several threads.
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
        .map(parent -> isWildcard(name, parent, Set.copyOf(answer.addresses())))
        .map(wildcard -> wildcard.onErrorResumeNext(Wildcards::unknown))
        .map(
            wildcard -> wildcard.map(is -> new Answer(answer.addresses(), is || answer.wildcard())))
        .orElseGet(() -> Single.just(answer));
  }

  private Single<Boolean> isWildcard(DomainName name, DomainName parent, Set<InetAddress> found) {
    return isAmong(new Siblings(parent, ANY_SHAPE, 1), found)
        .flatMap(is -> is ? Single.just(true) : hasItsShape(name, parent, found));
  }

  private Single<Boolean> hasItsShape(DomainName name, DomainName parent, Set<InetAddress> found) {
    String shape = shape(name.value().substring(0, name.value().indexOf('.')));
    long free = shape.chars().filter(c -> c == 'a' || c == '0').count();
    return free < 2 ? Single.just(false) : isAmong(new Siblings(parent, shape, FEW), found);
  }

  /** Whether these siblings all exist and have the addresses that were found. */
  private Single<Boolean> isAmong(Siblings siblings, Set<InetAddress> found) {
    return answers(siblings)
        .flatMap(
            sets -> {
              if (sets.stream().allMatch(set -> set.filter(found::equals).isPresent())) {
                return Single.just(true);
              }
              boolean comparable = !found.isEmpty() && allHaveAddresses(sets);
              return comparable ? isAmongChanging(siblings, sets, found) : Single.just(false);
            });
  }

  private Single<Boolean> isAmongChanging(
      Siblings siblings, List<Optional<Set<InetAddress>>> first, Set<InetAddress> found) {
    Siblings few = siblings.ofCount(FEW);
    return answers(few)
        .flatMap(
            sets -> {
              boolean same = first.containsAll(sets) && sets.containsAll(first);
              boolean constant = same && new HashSet<>(sets).size() == 1;
              if (constant || !allHaveAddresses(sets)) {
                return Single.just(false);
              }
              return answers(few.ofCount(MANY))
                  .map(more -> union(List.of(first, sets, more)).containsAll(found));
            });
  }

  private static boolean allHaveAddresses(List<Optional<Set<InetAddress>>> sets) {
    return sets.stream().allMatch(set -> set.filter(addresses -> !addresses.isEmpty()).isPresent());
  }

  private static Set<InetAddress> union(List<List<Optional<Set<InetAddress>>>> lists) {
    Set<InetAddress> all = new HashSet<>();
    lists.forEach(sets -> sets.forEach(set -> set.ifPresent(all::addAll)));
    return all;
  }

  private Single<List<Optional<Set<InetAddress>>>> answers(Siblings siblings) {
    synchronized (answers) {
      return answers.computeIfAbsent(siblings, this::asked);
    }
  }

  /** The lookups, shared by all waiting subscribers, that replace themselves by their results. */
  private Single<List<Optional<Set<InetAddress>>>> asked(Siblings siblings) {
    return Flowable.range(0, siblings.count())
        .concatMapSingle(i -> asked(siblings.parent(), siblings.shape()), 1)
        .toList()
        .doOnSuccess(known -> keep(siblings, known))
        .toObservable()
        // A subscriber that arrives between onNext and onComplete still gets the value.
        .replay(1)
        .refCount()
        .singleOrError();
  }

  private Single<Optional<Set<InetAddress>>> asked(DomainName parent, String shape) {
    return resolver
        .resolve(new DomainName(random(shape) + "." + parent))
        .map(answer -> Optional.of(Set.copyOf(answer.addresses())))
        .defaultIfEmpty(Optional.empty());
  }

  private void keep(Siblings siblings, List<Optional<Set<InetAddress>>> known) {
    synchronized (answers) {
      answers.replace(siblings, Single.just(List.copyOf(known)));
    }
  }

  private static Single<Boolean> unknown(Throwable e) {
    return e instanceof IOException ? Single.just(false) : Single.error(e);
  }

  /** The label with {@code a} for each letter and {@code 0} for each digit. */
  private static String shape(String label) {
    String start = label.startsWith(IDN_PREFIX) ? IDN_PREFIX : "";
    String rest = label.substring(start.length());
    return start + rest.replaceAll("[a-z]", "a").replaceAll("[0-9]", "0");
  }

  private static String random(String shape) {
    Random random = ThreadLocalRandom.current();
    StringBuilder label = new StringBuilder(shape.length());
    for (int i = 0; i < shape.length(); i++) {
      char c = shape.charAt(i);
      label.append(
          switch (c) {
            case 'a' -> (char) ('a' + random.nextInt(26));
            case '0' -> (char) ('0' + random.nextInt(10));
            default -> c;
          });
    }
    return label.toString();
  }
}
