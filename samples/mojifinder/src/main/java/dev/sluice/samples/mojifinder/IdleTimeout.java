package dev.sluice.samples.mojifinder;

import dev.sluice.samples.Durations;
import dev.sluice.samples.ParsedOption;
import java.time.Duration;

/** The value of {@code --idle-timeout}: 1 ms to 24 hours. */
final class IdleTimeout extends ParsedOption<Duration> {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  IdleTimeout() {
    super(IdleTimeout::parse);
  }

  private static Duration parse(String text) {
    Duration timeout = Durations.parseTimeout(text);
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("'" + text + "': allowed are 1ms to 24h");
    }
    return timeout;
  }
}
