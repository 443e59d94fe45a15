package dev.sluice.journal;

import dev.sluice.Phase;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map of times, of which it keeps the microseconds: a journal needs no more of most of them.
 * Unmodifiable once it is handed out.
 */
@SuppressWarnings("EnumOrdinal") // The order is of no meaning, and never leaves this class.
final class PhaseMicros extends AbstractMap<Phase, Duration> {
  private static final Phase[] PHASES = Phase.values();
  private static final int NANOS_PER_MICRO = 1_000;

  /** 0 for a phase that is not in the map. */
  private final long[] micros = new long[PHASES.length];

  static PhaseMicros of(Map<Phase, Duration> times) {
    if (times instanceof PhaseMicros same) {
      return same;
    }
    PhaseMicros copy = new PhaseMicros();
    times.forEach((phase, time) -> copy.micros[phase.ordinal()] = Micros.of(time));
    return copy;
  }

  /** Sets a time; one that is below a microsecond is left out. */
  void set(Phase phase, long nanos) {
    micros[phase.ordinal()] = Math.max(0, nanos / NANOS_PER_MICRO);
  }

  boolean isAtMost(long most) {
    // Not a stream: this is called for each outcome.
    for (long time : micros) {
      if (time > most) {
        return false;
      }
    }
    return true;
  }

  /** A copy in which no time is longer. */
  PhaseMicros atMost(long most) {
    PhaseMicros copy = new PhaseMicros();
    Arrays.setAll(copy.micros, i -> Math.min(micros[i], most));
    return copy;
  }

  /** The time of a phase; 0 if it is not there. */
  long micros(Phase phase) {
    return micros[phase.ordinal()];
  }

  @Override
  public @Nullable Duration get(@Nullable Object key) {
    return key instanceof Phase phase && micros(phase) > 0 ? duration(phase) : null;
  }

  @Override
  public Set<Entry<Phase, Duration>> entrySet() {
    Map<Phase, Duration> times = new EnumMap<>(Phase.class);
    for (Phase phase : PHASES) {
      if (micros(phase) > 0) {
        times.put(phase, duration(phase));
      }
    }
    return Collections.unmodifiableMap(times).entrySet();
  }

  private Duration duration(Phase phase) {
    return Micros.duration(micros(phase));
  }
}
