package dev.sluice.samples.ledger;

import dev.sluice.samples.Durations;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** Reads a point in time the way people type it. */
final class InstantParser {
  private InstantParser() {}

  /**
   * Reads a day in the zone of the clock, a time with an offset, or a duration before now.
   *
   * @throws IllegalArgumentException if the text is none of these; the message says what is allowed
   */
  static Instant parse(String text, Clock clock) {
    String word = text.strip();
    try {
      if (word.indexOf('T') > 0 || word.indexOf('t') > 0) {
        return OffsetDateTime.parse(word).toInstant();
      }
      return word.indexOf('-') > 0
          ? LocalDate.parse(word).atStartOfDay(clock.getZone()).toInstant()
          : clock.instant().minus(Durations.parse(word));
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a time: allowed are 2026-11-21, 2026-11-21T10:00:00Z, and 2h", e);
    }
  }
}
