package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant RECEIVED = Instant.parse("1994-11-06T08:49:30Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
      })
  void allThreeFormatsOfADateAreRead(String date) {
    assertEquals(Optional.of(Duration.ofSeconds(7)), wait("Retry-After", date));
  }

  @Test
  void secondsAreRead() {
    assertEquals(Optional.of(Duration.ZERO), wait("Retry-After", "0"));
    assertEquals(Optional.of(Duration.ofMinutes(2)), wait("Retry-After", "120"));
    assertEquals(Optional.of(Duration.ofSeconds(999_999_999)), wait("Retry-After", "9".repeat(99)));
  }

  @Test
  void theDateOfTheAnswerIsTheServersNow() {
    assertEquals(
        Optional.of(Duration.ofSeconds(1)),
        wait(
            "Retry-After",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Date",
            "Sun, 06 Nov 1994 08:49:36 GMT"));
  }

  @Test
  void aDateThatHasPassedIsNoWait() {
    assertEquals(Optional.of(Duration.ZERO), wait("Retry-After", "Sun, 06 Nov 1994 08:49:29 GMT"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "12 s", "Sun, 06 Nov", "\u0661"})
  void whatMakesNoSenseIsNoWish(String value) {
    Headers headers = new Headers.Builder().addUnsafeNonAscii("Retry-After", value).build();
    assertEquals(Optional.empty(), RetryAfter.of(headers, RECEIVED));
  }

  @Test
  void nobodyHasToWish() {
    assertEquals(Optional.empty(), wait("X", "Y"));
  }

  private static Optional<Duration> wait(String... headers) {
    return RetryAfter.of(Headers.of(headers), RECEIVED);
  }
}
