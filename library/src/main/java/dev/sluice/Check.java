package dev.sluice;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Checks arguments. The message names the argument, its value and what is allowed. */
final class Check {
  private Check() {}

  static int atLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + ": " + value + ", must be at least " + least);
    }
    return value;
  }

  static Duration positive(Duration value, String name) {
    requireNonNull(value, name);
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          name + ": " + DurationText.of(value) + ", must be longer than zero");
    }
    return value;
  }

  static Duration notNegative(Duration value, String name) {
    requireNonNull(value, name);
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          name + ": " + DurationText.of(value) + ", must not be negative");
    }
    return value;
  }
}
