package dev.sluice;

/** A number of nanoseconds for each phase: an {@code EnumMap} would box each sum. */
@SuppressWarnings("EnumOrdinal") // The order is of no meaning, and never leaves this class.
final class PhaseNanos {
  private final long[] nanos = new long[Phase.values().length];

  void add(Phase phase, long more) {
    nanos[phase.ordinal()] += more;
  }

  void set(Phase phase, long value) {
    nanos[phase.ordinal()] = value;
  }

  long of(Phase phase) {
    return nanos[phase.ordinal()];
  }
}
