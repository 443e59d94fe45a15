package dev.sluice.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;

/**
 * The text of a time, as {@link Instant#toString} has it. Keeps that of the last second: most keys
 * of a run start in the second of the key before.
 */
final class TimeText {
  private static final int NANO_DIGITS = 9;
  private static final int MICRO_DIGITS = 6;
  private static final int MILLI_DIGITS = 3;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private static volatile Second last = Second.of(0);

  private TimeText() {}

  static void add(Instant time, JsonBytes json) {
    long epochSecond = time.getEpochSecond();
    Second second = last;
    if (second.epoch != epochSecond) {
      second = Second.of(epochSecond);
      last = second;
    }
    json.add('"');
    json.add(second.text);
    addFraction(time.getNano(), json);
    json.add('Z');
    json.add('"');
  }

  private static void addFraction(int nanos, JsonBytes json) {
    if (nanos == 0) {
      return;
    }
    json.add('.');
    if (nanos % NANOS_PER_MILLI == 0) {
      json.digits(nanos / NANOS_PER_MILLI, MILLI_DIGITS);
    } else if (nanos % NANOS_PER_MICRO == 0) {
      json.digits(nanos / NANOS_PER_MICRO, MICRO_DIGITS);
    } else {
      json.digits(nanos, NANO_DIGITS);
    }
  }

  /** A second, and its text without the Z at the end. */
  private static final class Second {
    private final long epoch;
    private final byte[] text;

    private Second(long epoch, byte[] text) {
      this.epoch = epoch;
      this.text = text;
    }

    static Second of(long epoch) {
      String text = Instant.ofEpochSecond(epoch).toString();
      return new Second(epoch, text.substring(0, text.length() - 1).getBytes(ISO_8859_1));
    }
  }
}
