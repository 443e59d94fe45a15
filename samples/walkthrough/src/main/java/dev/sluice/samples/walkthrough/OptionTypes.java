package dev.sluice.samples.walkthrough;

import dev.sluice.samples.Durations;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.Urls;
import java.net.URI;
import java.time.Duration;

/** The types of the samples' options, with limits that keep a run short. */
final class OptionTypes {
  private static final Duration ONE_HOUR = Duration.ofHours(1);

  private OptionTypes() {}

  static final class OneToThousand extends ParsedOption<Integer> {
    OneToThousand() {
      super(text -> Numbers.parse(text, 1, 1000));
    }
  }

  static final class ZeroToBillion extends ParsedOption<Integer> {
    ZeroToBillion() {
      super(text -> Numbers.parse(text, 0, 1_000_000_000));
    }
  }

  static final class OneToHundredThousand extends ParsedOption<Integer> {
    OneToHundredThousand() {
      super(text -> Numbers.parse(text, 1, 100_000));
    }
  }

  static final class BaseUrl extends ParsedOption<URI> {
    BaseUrl() {
      super(
          text ->
              Urls.parseBase(text)
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "'" + text + "' is not a URL such as http://127.0.0.1:8004")));
    }
  }

  /** Zero is allowed. */
  static final class UpToOneHour extends ParsedOption<Duration> {
    UpToOneHour() {
      super(UpToOneHour::parse);
    }

    private static Duration parse(String text) {
      Duration time = Durations.parse(text);
      if (time.compareTo(ONE_HOUR) > 0) {
        throw new IllegalArgumentException("'" + text + "': allowed is up to 1h");
      }
      return time;
    }
  }
}
