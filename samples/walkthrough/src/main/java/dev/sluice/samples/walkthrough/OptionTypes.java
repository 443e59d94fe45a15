package dev.sluice.samples.walkthrough;

import dev.sluice.samples.Durations;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import java.time.Duration;

/** Reads the options of the walkthrough: no more of anything than a sample can show in time. */
final class OptionTypes {
  private static final Duration LONGEST = Duration.ofHours(1);

  private OptionTypes() {}

  private static Duration atMostAnHour(Duration time, String text) {
    if (time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("'" + text + "': allowed is up to 1h");
    }
    return time;
  }

  static final class Count extends ParsedOption<Integer> {
    Count() {
      super(text -> Numbers.parse(text, 1, 1000));
    }
  }

  static final class Items extends ParsedOption<Integer> {
    Items() {
      super(text -> Numbers.parse(text, 0, 1_000_000_000));
    }
  }

  /** Longer than zero. */
  static final class Time extends ParsedOption<Duration> {
    Time() {
      super(text -> atMostAnHour(Durations.parseTimeout(text), text));
    }
  }

  /** Zero as well. */
  static final class Delay extends ParsedOption<Duration> {
    Delay() {
      super(text -> atMostAnHour(Durations.parse(text), text));
    }
  }
}
