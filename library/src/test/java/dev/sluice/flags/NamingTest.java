package dev.sluice.flags;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.ok;
import static dev.sluice.Answers.status;
import static dev.sluice.flags.FlagSite.FLAG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.SavedFile;
import dev.sluice.http.ContentException;
import dev.sluice.http.StatusException;
import io.reactivex.rxjava3.core.Flowable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** File names from a server that is not trusted. */
class NamingTest {
  private static final FlagOptions BY_COUNTRY =
      FlagOptions.of(Policy.limit(1)).withNaming(Naming.BY_COUNTRY);

  @TempDir Path outside;

  @ParameterizedTest
  @CsvSource({
    "Brazil, Brazil.gif",
    "United States, United_States.gif",
    "'Congo, Dem. Rep.', 'Congo,_Dem._Rep..gif'",
    "C\u00f4te d'Ivoire, C\u00f4te_d'Ivoire.gif",
    "Co\u0302te, C\u00f4te.gif",
    "\u4e2d\u56fd, \u4e2d\u56fd.gif",
    "..., ....gif",
  })
  void namesTheFileAfterTheCountry(String country, String file) {
    OneFlag flag = named(json(country));
    assertEquals(folder().resolve(file), flag.saved().path());
    assertEquals(List.of("/br/br.gif", "/br/metadata.json"), flag.paths());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../x",
        "..\\\\x",
        "/etc/passwd",
        "C:\\\\x",
        "a/b",
        "\\u0000",
        "Braz\\u0000il",
        "a\\nb",
        "\\u001b[2J",
        "\\u202egpj",
        "\\ud800",
        "NUL",
        "con",
        ".sluice-x",
      })
  void anUnsafeCountryNameIsAFailure(String country) {
    OneFlag flag = named("{\"country\": \"" + country + "\"}");
    assertTrue(flag.said().contains("a country that cannot name a file: "), flag.said());
    assertInstanceOf(ContentException.class, flag.cause());
    assertNothingElse();
  }

  @Test
  void aNameTooLongForAFileIsAFailure() {
    assertTrue(named(json("x".repeat(252))).said().contains("cannot name a file"));
    assertTrue(named(json("\u4e2d".repeat(84))).said().contains("cannot name a file"));
    assertTrue(named(json("x".repeat(1_000_000))).said().contains("cannot name a file"));
    assertNothingElse();
    assertEquals(
        folder().resolve("x".repeat(251) + ".gif"), named(json("x".repeat(251))).saved().path());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "{\"country\": null}",
        "{\"country\": \"\"}",
        "{\"country\": \"  \"}",
        "{\"Country\": \"Brazil\"}",
        "{\"gif_cc\": \"br\"}",
        "{\"country\": {\"name\": \"Brazil\"}}",
        "{\"country\": [\"Brazil\"]}",
        "{\"country\": true}",
        "{\"country\": 42}",
      })
  void metadataWithoutACountryIsAFailure(String metadata) {
    assertEquals(
        "GET http://SERVER/br/metadata.json: no \"country\" in it", named(metadata).said());
    assertNothingElse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "{",
        "[]",
        "[{\"country\": \"Brazil\"}]",
        "\"Brazil\"",
        "42",
        "<html>Brazil</html>",
        "{\"country\": \"Brazil\"",
        "\u001b[2J",
      })
  void aBodyThatIsNoMetadataIsAFailure(String metadata) {
    OneFlag flag = named(metadata);
    assertTrue(
        flag.said()
            .startsWith("GET http://SERVER/br/metadata.json: expected Metadata, but the body "),
        flag.said());
    assertInstanceOf(ContentException.class, flag.cause());
    assertNothingElse();
  }

  @Test
  void deeplyNestedMetadataIsAFailure() {
    int depth = 100_000;
    named("[".repeat(depth)).said();
    named("{\"country\": " + "[".repeat(depth) + "]".repeat(depth) + "}").said();
    named("{\"other\": " + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth) + "}").said();
  }

  @Test
  void ignoresOtherFieldsOfTheMetadata() {
    String more = "{\"gif_cc\": \"br\", \"x\": [1, {\"y\": 2}], \"country\": \"Brazil\"}";
    assertEquals(folder().resolve("Brazil.gif"), named(more).saved().path());
  }

  @Test
  void withoutMetadataTheFlagIsNotFound() {
    assertEquals(Outcome.notFound(OneFlag.BR), with(status("404 Not Found")).outcome());
    assertNothingElse();
  }

  @Test
  void aStatusForTheMetadataIsAFailure() {
    OneFlag flag = with(status("503 Busy"));
    assertEquals("GET http://SERVER/br/metadata.json: 503 Busy", flag.said());
    assertInstanceOf(StatusException.class, flag.cause());
  }

  @Test
  void aMissingFlagCausesNoRequestForMetadata() {
    OneFlag flag =
        OneFlag.download(folder(), BY_COUNTRY, exchange -> exchange.send(status("404 Not Found")));
    assertEquals(List.of("/br/br.gif"), flag.paths());
  }

  @Test
  void ofCountriesWithOneNameTheFirstAloneIsSaved() {
    // Two disk threads write, so either country may be the first.
    var outcomes = namedAlike(Naming.BY_COUNTRY);
    int saved = outcomes.get(0) instanceof Outcome.Success ? 0 : 1;
    assertInstanceOf(Outcome.Success.class, outcomes.get(saved));
    var other = assertInstanceOf(Outcome.Failure.class, outcomes.get(1 - saved));
    String message = String.valueOf(other.cause().getMessage());
    assertTrue(message.contains("already used by " + outcomes.get(saved).key()), message);
    assertEquals(1, OneFlag.in(folder()).size());
  }

  @Test
  void countriesWithOneNameAreNumberedOnRequest() {
    namedAlike(Naming.BY_COUNTRY_NUMBERED)
        .forEach(outcome -> assertInstanceOf(Outcome.Success.class, outcome));
    assertEquals(2, OneFlag.in(folder()).size());
    assertTrue(
        Files.exists(folder().resolve("brazil_2.gif"))
            || Files.exists(folder().resolve("Brazil_2.gif")));
  }

  private List<Outcome<CountryCode, SavedFile>> namedAlike(Naming naming) {
    RawServer.Script script =
        exchange ->
            exchange.send(
                exchange.path().endsWith(".gif")
                    ? FLAG
                    : ok(
                        "application/json",
                        json(exchange.path().contains("/br/") ? "Brazil" : "brazil")
                            .getBytes(UTF_8)));
    FlagOptions options = BY_COUNTRY.withNaming(naming);
    try (RawServer server = RawServer.answering(script);
        Flags flags = Flags.at(server.base(), Folder.at(folder()), options)) {
      return flags
          .downloads()
          .runInOrder(Flowable.just(CountryCode.of("br"), CountryCode.of("mx")))
          .toList()
          .test()
          .awaitDone(10, SECONDS)
          .assertComplete()
          .values()
          .get(0);
    }
  }

  private OneFlag named(String metadata) {
    return with(answer("200 OK", metadata.getBytes(UTF_8), "Content-Type: application/json"));
  }

  private OneFlag with(byte[] metadata) {
    return OneFlag.download(
        folder(),
        BY_COUNTRY,
        exchange -> exchange.send(exchange.path().endsWith(".gif") ? FLAG : metadata));
  }

  private Path folder() {
    return outside.resolve("deep/er/flags");
  }

  private void assertNothingElse() {
    assertFalse(Files.exists(outside.resolve("deep")), "nothing was saved, so nothing was created");
    assertEquals(List.of(), OneFlag.in(outside));
  }

  private static String json(String country) {
    return "{\"country\": \"" + country + "\"}";
  }
}
