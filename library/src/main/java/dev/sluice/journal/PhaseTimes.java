package dev.sluice.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.Phase;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The time of each phase, in whole microseconds; a phase without time is absent.
 *
 * @param of the times that are not zero
 */
public record PhaseTimes(Map<Phase, Duration> of) {
  /** No time in any phase. */
  public static final PhaseTimes NONE = new PhaseTimes(Map.of());

  /**
   * Copies the map.
   *
   * @param of the times; those that are below a microsecond are left out
   */
  public PhaseTimes {
    of = PhaseMicros.of(requireNonNull(of, "of"));
  }

  /**
   * {@return the time of a phase in microseconds; 0 if it is not known}
   *
   * @param phase which
   */
  public long micros(Phase phase) {
    return phaseMicros().micros(requireNonNull(phase, "phase"));
  }

  private PhaseMicros phaseMicros() {
    // The constructor has made it one.
    return (PhaseMicros) of;
  }

  /** This, or a copy in which no phase has more microseconds. */
  PhaseTimes atMost(long micros) {
    return phaseMicros().isAtMost(micros) ? this : new PhaseTimes(phaseMicros().atMost(micros));
  }

  /** {@return the waits before the attempts and between them, in microseconds} */
  public long waitMicros() {
    return sum(Phase.PERMIT, Phase.LANE, Phase.RATE, Phase.PAUSE, Phase.BACKOFF);
  }

  /** {@return the times with a permit, in microseconds} */
  public long attemptMicros() {
    return sum(Phase.DNS, Phase.CONNECT, Phase.FIRST_BYTE, Phase.BODY, Phase.ATTEMPT);
  }

  private long sum(Phase... phases) {
    long sum = 0;
    for (Phase phase : phases) {
      sum = Micros.sum(sum, micros(phase));
    }
    return sum;
  }

  /**
   * {@return a copy with this time}
   *
   * @param phase which
   * @param time how long
   */
  public PhaseTimes with(Phase phase, Duration time) {
    Map<Phase, Duration> times = new EnumMap<>(Phase.class);
    times.putAll(of);
    times.put(requireNonNull(phase, "phase"), requireNonNull(time, "time"));
    return new PhaseTimes(times);
  }
}
