package dev.sluice;

import org.jspecify.annotations.Nullable;

/**
 * A number of nanoseconds for each phase. Small, because every key under way has one: it keeps the
 * two phases that every attempt has in fields, and makes the array for a third one.
 */
@SuppressWarnings("EnumOrdinal") // The order is of no meaning, and never leaves this class.
final class PhaseNanos {
  private static final int PHASES = Phase.values().length;

  private long permit;
  private long attempt;

  /** By ordinal; null while all are zero. */
  private long @Nullable [] others;

  void add(Phase phase, long more) {
    set(phase, of(phase) + more);
  }

  void set(Phase phase, long value) {
    switch (phase) {
      case PERMIT -> permit = value;
      case ATTEMPT -> attempt = value;
      default -> setOther(phase, value);
    }
  }

  private void setOther(Phase phase, long value) {
    long[] times = others;
    if (times == null) {
      if (value == 0) {
        return;
      }
      times = new long[PHASES];
      others = times;
    }
    times[phase.ordinal()] = value;
  }

  long of(Phase phase) {
    return switch (phase) {
      case PERMIT -> permit;
      case ATTEMPT -> attempt;
      default -> others == null ? 0 : others[phase.ordinal()];
    };
  }
}
