package dev.sluice.dns;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What random siblings show of the wildcards of one zone. Not thread-safe. */
final class WildcardEvidence {
  /** Lookups per zone, but for kinds of labels of which nothing is known, or too little. */
  private static final int USUAL_LOOKUPS = 3;

  /** A shape of which a sibling is to be looked up, and what keeps its answer. */
  record Ask(Siblings siblings, LabelShape shape) {}

  /** Whether an answer may come from a wildcard, or what to ask first. */
  record Step(boolean mayGive, @Nullable Ask ask) {
    private static Step of(boolean mayGive) {
      return new Step(mayGive, null);
    }

    private static Step ask(Siblings siblings, LabelShape shape) {
      return new Step(false, new Ask(siblings, shape));
    }
  }

  /** The sibling of 24 letters. */
  private final Siblings letters = new Siblings();

  /** Siblings by the {@linkplain LabelShape#kind kind} of their labels. */
  private final Map<Integer, Siblings> ofKind = new HashMap<>();

  /** Whether three siblings had the addresses of the wildcard. */
  private boolean isConstant;

  /** The addresses of a wildcard that has changing ones. */
  private @Nullable AddressPool pool;

  Step judge(LabelShape shape, Set<InetAddress> found) {
    if (!letters.found().isEmpty()) {
      return underWildcard(letters.found().get(0), shape, found);
    }
    return letters.anyDenied()
        ? withoutWildcard(shape, found)
        : letters.mayAsk() ? Step.ask(letters, LabelShape.LONG_LETTERS) : Step.of(false);
  }

  // A wildcard for all names, or for names of letters

  private Step underWildcard(Set<InetAddress> usual, LabelShape shape, Set<InetAddress> found) {
    if (usual.isEmpty() || found.isEmpty()) {
      return Step.of(usual.equals(found));
    }
    if (pool != null) {
      return Step.of(isOf(pool, found));
    }
    return usual.equals(found) ? Step.of(true) : besideUsual(usual, shape, found);
  }

  private static boolean isOf(AddressPool pool, Set<InetAddress> found) {
    boolean mayGive = pool.mayGive(found);
    if (mayGive) {
      pool.add(found);
    }
    return mayGive;
  }

  /** Other addresses: of a record, of a wildcard for the kind, or of one that changes. */
  private Step besideUsual(Set<InetAddress> usual, LabelShape shape, Set<InetAddress> found) {
    Siblings siblings = siblings(shape);
    List<Set<InetAddress>> others = siblings.found();
    boolean asUsual = others.stream().allMatch(usual::equals);
    boolean enough = others.size() > 1 || (isConstant && others.size() == 1 && asUsual);
    if (!enough && !siblings.anyDenied() && siblings.mayAsk()) {
      return Step.ask(siblings, shape.stretched());
    }
    if (!enough || asUsual) {
      isConstant |= enough;
      return Step.of(false);
    }
    if (siblings.agree()) {
      return Step.of(others.get(0).equals(found));
    }
    pool = new AddressPool();
    pool.add(usual);
    others.forEach(pool::add);
    return Step.of(isOf(pool, found));
  }

  // A wildcard for names of some shape

  private Step withoutWildcard(LabelShape shape, Set<InetAddress> found) {
    Siblings siblings = siblings(shape);
    int count = siblings.found().size();
    if (count == 0) {
      boolean isOpen = !shape.isTooShort() && !siblings.isDenied(shape) && mayAskFirst(siblings);
      return isOpen ? Step.ask(siblings, shape) : Step.of(false);
    }
    boolean isSettled = count > 1 && siblings.agree();
    return !isSettled && siblings.mayAsk() && !shape.isTooShort()
        ? Step.ask(siblings, shape)
        : Step.of(isOfShape(siblings, found));
  }

  private boolean mayAskFirst(Siblings siblings) {
    return siblings.lookups() == 0 || (lookups() < USUAL_LOOKUPS && siblings.mayAsk());
  }

  private int lookups() {
    return letters.lookups() + ofKind.values().stream().mapToInt(Siblings::lookups).sum();
  }

  private static boolean isOfShape(Siblings siblings, Set<InetAddress> found) {
    List<Set<InetAddress>> sets = siblings.found();
    if (siblings.agree()) {
      return sets.get(0).equals(found);
    }
    boolean comparable = !found.isEmpty() && sets.stream().noneMatch(Set::isEmpty);
    // A zone may have all names of few characters, and then siblings show nothing.
    boolean shares = sets.stream().anyMatch(set -> set.stream().anyMatch(found::contains));
    return comparable && (shares || !siblings.areDense());
  }

  private Siblings siblings(LabelShape shape) {
    return ofKind.computeIfAbsent(shape.kind(), this::firstOfKind);
  }

  private Siblings firstOfKind(int kind) {
    Siblings siblings = new Siblings();
    if (letters.anyDenied() && kind == LabelShape.LONG_LETTERS.kind()) {
      siblings.deny(LabelShape.LONG_LETTERS);
    }
    return siblings;
  }
}
