package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Policy;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The base URLs and options that a client accepts. */
class HttpArgumentsTest {
  private static final HttpOptions STANDARD = HttpOptions.standard();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://127.0.0.1/",
        "file:///flags",
        "flags",
        "/flags",
        "//127.0.0.1/flags",
        "http:flags",
        "http:/flags",
        "http:///flags",
        "http://127.0.0.1/?v=1",
        "http://127.0.0.1/?",
        "http://127.0.0.1/#top",
        "http://127.0.0.1:99999/",
        "mailto:me@127.0.0.1",
        ""
      })
  void anInvalidBaseIsRefused(String base) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> at(base));
    assertTrue(
        String.valueOf(refusal.getMessage()).startsWith("base: " + base + ", must be"),
        refusal::getMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:secret@127.0.0.1/",
        "https://secret@127.0.0.1/",
        "ftp://me:secret@127.0.0.1/"
      })
  void aBaseWithAUserIsRefusedWithoutRepeatingThePassword(String base) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> at(base));
    assertFalse(refusal.toString().contains("secret"), refusal::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1, http://127.0.0.1/",
    "HTTPS://EXAMPLE.org/Flags, https://example.org/Flags/",
    "http://127.0.0.1:8001/data/flags/, http://127.0.0.1:8001/data/flags/",
    "http://[::1]:8001/x, http://[::1]:8001/x/",
    "http://b\u00fccher.example/, http://xn--bcher-kva.example/",
    "http://127.0.0.1/a/../b, http://127.0.0.1/b/",
  })
  void aBaseIsNormalised(String base, String written) {
    try (HttpClient client = at(base)) {
      assertEquals(URI.create(written), client.base());
    }
  }

  @Test
  void optionsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> STANDARD.withMaxBodyBytes(0));
    assertThrows(IllegalArgumentException.class, () -> STANDARD.withMaxBodyBytes(Long.MAX_VALUE));
    for (String agent : List.of("", " ", "caf\u00e9", "a\r\nX-Injected: b", "a\0b")) {
      var refusal =
          assertThrows(IllegalArgumentException.class, () -> STANDARD.withUserAgent(agent));
      assertEquals("userAgent: must be printable ASCII, and not blank", refusal.getMessage());
    }
  }

  private static HttpClient at(String base) {
    return HttpClient.at(URI.create(base), Policy.limit(2), STANDARD);
  }
}
