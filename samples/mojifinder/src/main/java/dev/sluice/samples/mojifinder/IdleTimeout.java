package dev.sluice.samples.mojifinder;

import dev.sluice.samples.Durations;
import dev.sluice.samples.ParsedOption;
import java.time.Duration;

/** The value of {@code --idle-timeout}: 1 ms to 24 hours. */
final class IdleTimeout extends ParsedOption<Duration> {
  IdleTimeout() {
    super(Durations::parseUpToADay);
  }
}
