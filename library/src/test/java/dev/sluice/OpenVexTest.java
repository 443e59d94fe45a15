package dev.sluice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.OkHttpClient;
import okio.Okio;
import org.junit.jupiter.api.Test;

/** The statements about known vulnerabilities (OpenVEX 0.2.0) that the jar has in META-INF. */
class OpenVexTest {
  private static final Set<String> STATUSES = Set.of("not_affected", "fixed");
  private static final Set<String> JUSTIFICATIONS =
      Set.of(
          "component_not_present",
          "vulnerable_code_not_present",
          "vulnerable_code_not_in_execute_path",
          "vulnerable_code_cannot_be_controlled_by_adversary",
          "inline_mitigations_already_exist");
  private static final Pattern TEST = Pattern.compile("dev\\.sluice\\.[a-z.]*[A-Z]\\w*Test");

  private final JsonNode document = read();

  @Test
  void theDocumentHasEveryRequiredField() {
    assertEquals("https://openvex.dev/ns/v0.2.0", text(document, "@context"));
    assertTrue(text(document, "@id").startsWith("https://"));
    assertFalse(text(document, "author").isEmpty());
    assertDoesNotThrow(() -> Instant.parse(text(document, "timestamp")));
    assertTrue(document.path("version").asInt() >= 1);
  }

  @Test
  void everyStatementHasAReason() {
    statements()
        .forEach(
            statement -> {
              String name = text(statement.path("vulnerability"), "name");
              assertTrue(name.matches("CVE-\\d{4}-\\d{4,}"), name);
              String status = text(statement, "status");
              assertTrue(STATUSES.contains(status), name + ": " + status);
              if (status.equals("not_affected")) {
                assertTrue(JUSTIFICATIONS.contains(text(statement, "justification")), name);
                assertFalse(text(statement, "impact_statement").isEmpty(), name);
              }
            });
  }

  @Test
  void theKnownEntriesOfTheDependenciesAreCovered() {
    assertEquals(
        Set.of("CVE-2021-0341", "CVE-2023-0833", "CVE-2023-3635"),
        statements().map(s -> text(s.path("vulnerability"), "name")).collect(toSet()));
  }

  @Test
  void theProductIsThisVersion() throws IOException {
    Matcher version =
        Pattern.compile("<version>([^<]+)</version>").matcher(Files.readString(Path.of("pom.xml")));
    assertTrue(version.find());
    assertEquals(
        Set.of("pkg:maven/dev.sluice/sluice@" + version.group(1)),
        statements().flatMap(s -> ids(s.path("products"))).collect(toSet()));
  }

  @Test
  void theComponentsAreThoseOfTheClassPath() {
    assertEquals(
        Set.of(
            "pkg:maven/com.squareup.okhttp3/okhttp@" + versionOf(OkHttpClient.class, "okhttp"),
            "pkg:maven/com.squareup.okio/okio@" + versionOf(Okio.class, "okio")),
        statements()
            .flatMap(s -> stream(s.path("products")))
            .flatMap(product -> ids(product.path("subcomponents")))
            .collect(toSet()));
  }

  @Test
  void everyStatementNamesTestsThatExist() {
    statements()
        .forEach(
            statement -> {
              String notes = text(statement, "status_notes");
              List<String> tests = TEST.matcher(notes).results().map(r -> r.group()).toList();
              assertFalse(tests.isEmpty(), notes);
              tests.forEach(test -> assertDoesNotThrow(() -> Class.forName(test)));
            });
  }

  private Stream<JsonNode> statements() {
    return stream(document.path("statements"));
  }

  private static Stream<String> ids(JsonNode components) {
    return stream(components).map(component -> text(component, "@id"));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asText();
  }

  /** From the name of the jar: {@code okio-1.17.6.jar}. */
  private static String versionOf(Class<?> type, String artifact) {
    String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    Matcher version = Pattern.compile(artifact + "-([0-9.]+)\\.jar$").matcher(jar);
    assertTrue(version.find(), jar);
    return version.group(1);
  }

  private static JsonNode read() {
    try (InputStream in =
        Objects.requireNonNull(
            Limiter.class.getResourceAsStream("/META-INF/sluice.openvex.json"))) {
      return new ObjectMapper().readTree(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
