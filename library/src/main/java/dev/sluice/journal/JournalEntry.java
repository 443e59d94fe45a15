package dev.sluice.journal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a journal: the outcome of one key, and how it came about. The documentation of the
 * package says how it is written.
 *
 * @param key the text of the key
 * @param verdict how the key came out
 * @param attempts how many attempts were made
 * @param status the HTTP status of the last response; 0 if there was none
 * @param rcode what a name server said, such as {@code NXDOMAIN}; null for none
 * @param bytes the length of the value, or how much was received; -1 if not known
 * @param digest the checksum of the value; null for none
 * @param file the file that has the value; null for none
 * @param lane what was asked, mostly a host and a port; null for none
 * @param permits how many permits there were in all where it waited longest for one; 0 if not known
 * @param start when the key was asked for, by the wall clock
 * @param took from the start to the outcome, by a clock that does not jump
 * @param phases what that time went into
 * @param error of a failure; null for all else
 */
public record JournalEntry(
    String key,
    JournalVerdict verdict,
    int attempts,
    int status,
    @Nullable String rcode,
    long bytes,
    @Nullable String digest,
    @Nullable String file,
    @Nullable String lane,
    int permits,
    Instant start,
    Duration took,
    PhaseTimes phases,
    @Nullable JournalError error) {
  // RFC 3339 has years of four digits.
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final Duration LONGEST = Micros.duration(Micros.MOST);

  /**
   * Checks for null, and brings numbers and times that no line may have within its bounds: none
   * below 0 (bytes: below -1), years of four digits, and at most a year from start to outcome.
   *
   * @param key the text of the key
   * @param verdict how the key came out
   * @param attempts how many attempts were made
   * @param status the HTTP status of the last response, or 0
   * @param rcode what a name server said, or null
   * @param bytes the length of the value, or -1
   * @param digest the checksum of the value, or null
   * @param file the file that has the value, or null
   * @param lane what was asked, or null
   * @param permits how many permits there were, or 0
   * @param start when the key was asked for
   * @param took from the start to the outcome
   * @param phases what that time went into
   * @param error of a failure, or null
   */
  public JournalEntry {
    requireNonNull(key, "key");
    requireNonNull(verdict, "verdict");
    requireNonNull(start, "start");
    requireNonNull(took, "took");
    requireNonNull(phases, "phases");
    // Foreign code tells some of these, and a clock may be set. The reader refuses the whole file
    // for one number that is out of bounds.
    attempts = Math.max(0, attempts);
    status = Math.max(0, status);
    bytes = Math.max(-1, bytes);
    permits = Math.max(0, permits);
    start = start.isBefore(FIRST) ? FIRST : start.isAfter(LAST) ? LAST : start;
    took = took.isNegative() ? Duration.ZERO : took.compareTo(LONGEST) > 0 ? LONGEST : took;
    phases = phases.atMost(Micros.MOST);
  }

  /**
   * {@return an entry of which only the error is known: it starts now, and has no attempt}
   *
   * @param key the text of the key
   * @param verdict how the key came out
   * @param error what happened
   */
  public static JournalEntry ofError(String key, JournalVerdict verdict, Throwable error) {
    return new JournalEntry(
        key,
        verdict,
        0,
        0,
        null,
        -1,
        null,
        null,
        null,
        0,
        Instant.now(),
        Duration.ZERO,
        PhaseTimes.NONE,
        JournalError.of(error));
  }

  /** {@return whether this is a failure and the same request may succeed later} */
  public boolean isRetryable() {
    return error != null && error.isRetryable();
  }
}
