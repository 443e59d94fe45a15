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

  /** By ordinal; behind them, when those that are open began. Null while there is neither. */
  private long @Nullable [] others;

  /** The phases that have begun: a bit for each ordinal. */
  private int open;

  /** A phase begins. */
  void begin(Phase phase, long now) {
    times()[PHASES + phase.ordinal()] = now;
    open |= 1 << phase.ordinal();
  }

  boolean isOpen(Phase phase) {
    return (open & 1 << phase.ordinal()) != 0;
  }

  /** A phase that is open ends. */
  void end(Phase phase, long now) {
    open &= ~(1 << phase.ordinal());
    add(phase, Math.max(0, now - times()[PHASES + phase.ordinal()]));
  }

  void add(Phase phase, long more) {
    long present = of(phase);
    set(phase, present > Long.MAX_VALUE - more ? Long.MAX_VALUE : present + more);
  }

  void set(Phase phase, long value) {
    switch (phase) {
      case PERMIT -> permit = value;
      case ATTEMPT -> attempt = value;
      default -> setOther(phase, value);
    }
  }

  private void setOther(Phase phase, long value) {
    if (value != 0 || others != null) {
      times()[phase.ordinal()] = value;
    }
  }

  private long[] times() {
    long[] times = others;
    if (times == null) {
      times = new long[2 * PHASES];
      others = times;
    }
    return times;
  }

  long of(Phase phase) {
    return switch (phase) {
      case PERMIT -> permit;
      case ATTEMPT -> attempt;
      default -> others == null ? 0 : others[phase.ordinal()];
    };
  }
}
