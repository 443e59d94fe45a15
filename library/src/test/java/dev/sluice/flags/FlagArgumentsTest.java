package dev.sluice.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.disk.Folder;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Country codes, options, and which arguments are refused. */
class FlagArgumentsTest {
  private static final URI BASE = URI.create("http://127.0.0.1/");
  private static final Folder FOLDER = Folder.at(Path.of("nowhere"));

  @Test
  void aCodeIsInUpperCase() {
    assertEquals("BR", CountryCode.of("br").value());
    assertEquals(CountryCode.of("BR"), CountryCode.of("bR"));
    assertEquals("BR", CountryCode.of("Br").toString());
  }

  @Test
  void aCodeDoesNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertEquals("IR", CountryCode.of("ir").value());
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "B",
        "BRA",
        "B1",
        "1B",
        " BR",
        "B ",
        "..",
        "B/",
        "\u00df",
        "\u0130R",
        "B\u212a",
        "\ud83c\udde7\ud83c\uddf7"
      })
  void anythingButTwoLettersIsRefused(String code) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> CountryCode.of(code));
    assertTrue(String.valueOf(refusal.getMessage()).endsWith("must be two letters, AA to ZZ"));
  }

  @Test
  void aRefusalIsOneShortLine() {
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> CountryCode.of("\u001b[2J\n" + "x".repeat(1_000_000)));
    assertTrue(
        String.valueOf(refusal.getMessage()).startsWith("country code: \"<U+001B>[2J<U+000A>xxx"),
        refusal::getMessage);
    assertTrue(refusal.toString().length() < 200);
  }

  @Test
  void listsOfCodes() {
    assertEquals(20, new HashSet<>(CountryCode.mostPopulous()).size());
    assertEquals(CountryCode.of("CN"), CountryCode.mostPopulous().get(0));
    assertEquals(194, new HashSet<>(CountryCode.classic()).size());
    assertTrue(CountryCode.classic().containsAll(CountryCode.mostPopulous()));
    assertEquals(676, new HashSet<>(CountryCode.every()).size());
    assertEquals(CountryCode.every().stream().sorted().toList(), CountryCode.every());
    assertEquals(26, CountryCode.startingWith('b').size());
    assertEquals(CountryCode.of("BA"), CountryCode.startingWith('B').get(0));
    assertEquals(CountryCode.of("BZ"), CountryCode.startingWith('B').get(25));
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', ' ', '@', '[', '\u00c4', '\0'})
  void onlyALetterStartsCodes(char letter) {
    assertThrows(IllegalArgumentException.class, () -> CountryCode.startingWith(letter));
  }

  @Test
  void standardOptions() {
    FlagOptions standard = FlagOptions.standard();
    assertEquals(5, standard.policy().limiter().limit());
    assertEquals(Duration.ofMillis(3_100), standard.policy().attemptTimeout());
    assertEquals(1, standard.policy().retry().maxAttempts());
    assertEquals(Naming.BY_CODE, standard.naming());
    assertEquals(16 << 20, standard.http().maxBodyBytes());
  }

  @Test
  void everyOptionHasAWithMethod() {
    HttpOptions http = HttpOptions.standard().withUserAgent("me");
    FlagOptions options =
        FlagOptions.of(Policy.limit(7)).withNaming(Naming.BY_COUNTRY).withHttp(http);
    assertEquals(7, options.policy().limiter().limit());
    assertEquals(Naming.BY_COUNTRY, options.naming());
    assertEquals(http, options.http());
  }

  @Test
  void textThatIsNoCodeIsAFailureWithoutARequest() {
    try (Flags flags = Flags.at(BASE, FOLDER, FlagOptions.standard())) {
      for (var outcome :
          List.of(
              flags.downloadsOfText().run("B1").test().values().get(0),
              flags.imagesOfText().run("B1").test().values().get(0))) {
        var failure = assertInstanceOf(Outcome.Failure.class, outcome);
        assertEquals("B1", failure.key());
        assertEquals(0, failure.attempts());
        BadCountryCodeException cause =
            assertInstanceOf(BadCountryCodeException.class, failure.cause());
        assertEquals("country code: \"B1\", must be two letters, AA to ZZ", cause.getMessage());
      }
    }
  }

  @Test
  void flagsInMemoryNeedNoFolder() {
    try (Flags flags = Flags.inMemory(BASE, FlagOptions.standard())) {
      assertThrows(IllegalStateException.class, flags::downloads);
      assertThrows(IllegalStateException.class, () -> flags.downloadAll(Flowable.empty()));
    }
  }

  @Test
  @SuppressWarnings("NullAway") // Callers are not all checked.
  void nullIsRefusedByName() {
    FlagOptions options = FlagOptions.standard();
    assertRefused("base", () -> Flags.at(null, FOLDER, options).close());
    assertRefused("folder", () -> Flags.at(BASE, null, options).close());
    assertRefused("options", () -> Flags.at(BASE, FOLDER, null).close());
    assertRefused("policy", () -> FlagOptions.of(null));
    assertRefused("naming", () -> options.withNaming(null));
    assertRefused("http", () -> options.withHttp(null));
    assertRefused("value", () -> CountryCode.of(null));
    assertRefused("userAgent", () -> HttpOptions.standard().withUserAgent(null));
    try (Flags flags = Flags.at(BASE, FOLDER, options)) {
      assertRefused("code", () -> flags.find(null));
      assertRefused("key", () -> flags.downloads().run(null));
      assertRefused("codes", () -> flags.downloadAll(null));
      assertRefused("keys", () -> flags.downloads().runInOrder(null));
    }
  }

  private static void assertRefused(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }
}
