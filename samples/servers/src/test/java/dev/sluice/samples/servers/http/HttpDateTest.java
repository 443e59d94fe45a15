package dev.sluice.samples.servers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
  /** The example of RFC 9110. */
  private static final Instant THEN = Instant.parse("1994-11-06T08:49:37Z");

  @Test
  void writesTheFormatThatIsNotObsolete() {
    assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDate.format(THEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994"
      })
  void readsAllThreeFormats(String text) {
    assertEquals(Optional.of(THEN), HttpDate.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 CET", "0"})
  void isEmptyForAnythingElse(String text) {
    assertEquals(Optional.empty(), HttpDate.parse(text));
  }
}
