package dev.sluice.samples.servers.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The field {@code Retry-After} of refusals (RFC 9110, section 10.2.3).
 *
 * @param time how long the client shall wait, where the fault does not know better
 * @param forms each field has one of these at random
 */
record RetryAfterField(Duration time, List<Form> forms) {
  static final RetryAfterField STANDARD =
      new RetryAfterField(Duration.ofSeconds(1), List.of(Form.SECONDS));

  /** A way to write the field. */
  enum Form {
    SECONDS,
    DATE,
    RFC850,
    ASCTIME,
    NONE;

    private String of(Duration wait, Instant now) {
      long seconds = roundedUp(wait);
      // The next whole second: a date must not be too early because of its rounding.
      Instant then =
          now.plusSeconds(seconds).plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
      return switch (this) {
        case SECONDS -> Long.toString(seconds);
        case DATE -> HttpDate.format(then);
        case RFC850 -> formatted(then, "EEEE, dd-MMM-yy HH:mm:ss 'GMT'");
        case ASCTIME -> formatted(then, "EEE MMM ppd HH:mm:ss uuuu");
        case NONE -> "";
      };
    }

    private static String formatted(Instant then, String pattern) {
      return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
          .format(then.atOffset(ZoneOffset.UTC));
    }
  }

  /** The response with the field. */
  Response on(Response response, Random random) {
    return on(response, time, random);
  }

  /** The response with the field for this wait. */
  Response on(Response response, Duration thisWait, Random random) {
    Form form = forms.get(forms.size() == 1 ? 0 : random.nextInt(forms.size()));
    return form == Form.NONE
        ? response
        : response.with("Retry-After", form.of(thisWait, Instant.now()));
  }

  /** Whole seconds, so that no wait is too short. */
  static long roundedUp(Duration duration) {
    return duration.plusNanos(999_999_999).toSeconds();
  }

  /**
   * Reads forms with commas between them.
   *
   * @throws IllegalArgumentException if there is another word; the message says what is allowed
   */
  static List<Form> parseForms(String text) {
    try {
      return Stream.of(text.split(",", -1))
          .map(form -> Form.valueOf(form.strip().toUpperCase(Locale.ROOT)))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no list of forms: allowed are seconds, date, rfc850, asctime and none",
          e);
    }
  }
}
