package dev.sluice.samples.servers.http;

import dev.sluice.samples.Durations;
import dev.sluice.samples.ParsedOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the field {@code Retry-After} of refusals. */
final class RetryAfterOptions {
  private static final Duration LONGEST = Duration.ofHours(999_999);

  @Option(
      names = "--retry-after",
      paramLabel = "TIME",
      converter = Wait.class,
      description =
          "Ask for this wait in the Retry-After of 429 and 503, rounded up to seconds; a quota asks"
              + " for the rest of its window. Default: 1s.")
  private @Nullable Duration wait;

  @Option(
      names = "--retry-after-form",
      paramLabel = "FORMS",
      converter = Forms.class,
      description =
          "Write Retry-After as seconds, as a date (date, rfc850 or asctime) or not at all (none);"
              + " with commas between them, as one of these at random. Default: seconds.")
  private @Nullable List<RetryAfterField.Form> forms;

  /** Null if the option is not given. */
  @Nullable Duration time() {
    return wait;
  }

  /** Null if the option is not given. */
  @Nullable List<RetryAfterField.Form> forms() {
    return forms;
  }

  RetryAfterField field() {
    RetryAfterField standard = RetryAfterField.STANDARD;
    return new RetryAfterField(
        wait == null ? standard.time() : wait, forms == null ? standard.forms() : forms);
  }

  static final class Wait extends ParsedOption<Duration> {
    Wait() {
      super(Wait::parse);
    }

    private static Duration parse(String text) {
      Duration wait = Durations.parse(text);
      // Dates have four digits for the year.
      if (wait.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("'" + text + "': allowed are 0 to 999999h");
      }
      return wait;
    }
  }

  static final class Forms extends ParsedOption<List<RetryAfterField.Form>> {
    Forms() {
      super(RetryAfterField::parseForms);
    }
  }
}
