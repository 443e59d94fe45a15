package dev.sluice.samples.exercises.runner;

import java.util.List;
import java.util.Objects;

/** Assertions of the checks. They need no JUnit, which is not part of {@code sluice.jar}. */
public final class Expect {
  private Expect() {}

  /** Fails with this message unless the condition holds. */
  public static void that(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }

  /** Fails unless both are equal. The message starts with {@code what}. */
  public static void equal(Object expected, Object actual, String what) {
    that(
        Objects.equals(expected, actual),
        "%s: expected %s, but was %s".formatted(what, expected, actual));
  }

  /** Fails unless the lines of a {@link Timeline} are these. Shows both, a line each. */
  public static void lines(List<String> actual, String... expected) {
    that(
        List.of(expected).equals(actual),
        "expected:\n%s\nbut was:\n%s".formatted(indented(List.of(expected)), indented(actual)));
  }

  private static String indented(List<String> lines) {
    return lines.isEmpty() ? "  (nothing)" : "  " + String.join("\n  ", lines);
  }
}
