package dev.sluice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/** Limiters that have permits out. */
final class LeakablePermits implements Leakable {
  // Both guarded by this. A limiter created since the last look cannot be collected: a test that
  // drops its limiter together with a permit must not pass because of a garbage collection.
  private final List<Limiter> created = new ArrayList<>();
  private final Set<Limiter> older = Collections.newSetFromMap(new WeakHashMap<>());

  LeakablePermits() {
    Limiter.onCreate(this::add);
  }

  private synchronized void add(Limiter limiter) {
    created.add(limiter);
  }

  @Override
  public synchronized Set<Limiter> held() {
    Set<Limiter> held = new HashSet<>();
    older.forEach(limiter -> addIfOut(limiter, held));
    created.forEach(limiter -> addIfOut(limiter, held));
    older.addAll(created);
    created.clear();
    created.addAll(held);
    return held;
  }

  @Override
  public String describe(Object held) {
    return "permits out: " + held;
  }

  private static void addIfOut(Limiter limiter, Set<Limiter> held) {
    if (limiter.inFlight() > 0) {
      held.add(limiter);
    }
  }
}
