package dev.sluice.journal;

import static java.time.Duration.ofMillis;

import dev.sluice.Phase;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries for tests. */
final class Entries {
  static final Instant START = Instant.parse("2026-11-29T12:00:00.123456Z");

  private Entries() {}

  static JournalEntry success(String key) {
    return of(key, JournalVerdict.SUCCESS, null);
  }

  static JournalEntry failure(String key, boolean retryable) {
    JournalError error = new JournalError("IOException", key + ": no answer", retryable);
    return of(key, JournalVerdict.FAILURE, error);
  }

  static JournalEntry of(String key, JournalVerdict verdict, @Nullable JournalError error) {
    return new JournalEntry(
        key,
        verdict,
        1,
        200,
        null,
        10_240,
        null,
        null,
        "h1:80",
        5,
        START,
        ofMillis(30),
        new PhaseTimes(Map.of(Phase.PERMIT, ofMillis(10), Phase.BODY, ofMillis(20))),
        error);
  }
}
