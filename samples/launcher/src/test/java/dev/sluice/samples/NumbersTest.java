package dev.sluice.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class NumbersTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "' 7 ', 7", "2147483647, 2147483647"})
  void readsAsciiDigits(String text, int expected) {
    assertEquals(expected, Numbers.parse(text, 1, Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "0", "-1", "-99999999999", "+3", "1e3", "3.5", "0x10", "NaN", "\u0663"})
  void saysWhatIsAllowed(String text) {
    assertRefused(text, "1 and more");
  }

  /** "1 and more" would allow them. */
  @ParameterizedTest
  @ValueSource(strings = {"2147483648", "99999999999999999999"})
  void saysTheGreatestNumberWhereOneIsTooGreat(String text) {
    assertRefused(text, "1 to 2147483647");
  }

  private static void assertRefused(String text, String allowed) {
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> Numbers.parse(text, 1, Integer.MAX_VALUE));
    assertEquals("'" + text + "': allowed are " + allowed, refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", ".5, 0.5", "1., 1", "1e-1, 0.1", "0.25, 0.25"})
  void readsAProbability(String text, double expected) {
    assertEquals(expected, Numbers.parseProbability(text, "a rate", "0 to 1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "-0.0",
        "1.01",
        "1e3",
        "NaN",
        "Infinity",
        "0x1p-1",
        "0.5f",
        "50%",
        "0,5"
      })
  void refusesWhatIsNoProbability(String text) {
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> Numbers.parseProbability(text, "a rate", "0 to 1"));
    assertEquals("'" + text + "' is not a rate: allowed are 0 to 1", refusal.getMessage());
  }
}
