package dev.sluice.rdap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.TerminalText;
import dev.sluice.dns.DomainName;
import dev.sluice.http.ContentException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the answer of a registry (RFC 9083). Members of a wrong type count as absent. */
final class RegistrationReader {
  private static final int STATUSES_KEPT = 50;

  private RegistrationReader() {}

  static Registration read(RdapQuestion question, RdapAnswer answer) throws ContentException {
    DomainName name = question.name();
    JsonNode json = answer.json();
    boolean isDomain = json.path("objectClassName").asText().equalsIgnoreCase("domain");
    if (!isDomain || json.has("errorCode")) {
      throw new ContentException(answer.url().toString(), "not a domain object of RDAP", null);
    }
    JsonNode ascii = json.path("ldhName");
    JsonNode named = ascii.isMissingNode() ? json.path("unicodeName") : ascii;
    // Another server may answer anything that it is asked for.
    boolean mayBeNameless = named.isMissingNode() && answer.isOf(question.httpUrl());
    if (!mayBeNameless && !isNamed(name, named.asText())) {
      throw new ContentException(
          answer.url().toString(), "another domain: " + TerminalText.quoted(named.asText()), null);
    }
    return new Registration(name, statuses(json), expiry(json), answer.url().uri());
  }

  private static boolean isNamed(DomainName name, String named) {
    try {
      return DomainName.of(named).equals(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static List<String> statuses(JsonNode json) {
    return elements(json.path("status"))
        .filter(JsonNode::isTextual)
        .limit(STATUSES_KEPT)
        .map(status -> TerminalText.line(status.textValue()))
        .toList();
  }

  private static Optional<Instant> expiry(JsonNode json) {
    return elements(json.path("events"))
        .filter(event -> event.path("eventAction").asText().equals("expiration"))
        .map(event -> instant(event.path("eventDate").asText()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(OffsetDateTime.parse(date).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
