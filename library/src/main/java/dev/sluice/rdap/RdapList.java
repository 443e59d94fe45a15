package dev.sluice.rdap;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.http.ContentException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The list of registries, and how it was had.
 *
 * @param servers by the domain that they are responsible for
 * @param origin where the list came from; of when it is, and why, if it is not the present one
 * @param isPresent whether the servers are those of today
 * @param isFallback whether the list is an older one, because the present one could not be had
 */
record RdapList(RdapServers servers, String origin, boolean isPresent, boolean isFallback) {
  private static final String BUNDLED = "bootstrap.json";
  private static final int DATE = "2026-05-24".length();

  /** The present list. */
  static RdapList present(JsonNode json, String source) throws ContentException {
    return new RdapList(servers(json, source), source, true, false);
  }

  /** The list that comes with this library, for when the present one cannot be had. */
  static RdapList bundled(Throwable why) throws IOException {
    try (InputStream in = requireNonNull(RdapList.class.getResourceAsStream(BUNDLED), BUNDLED)) {
      JsonNode json = new ObjectMapper().readTree(in);
      String date = json.path("publication").asText().substring(0, DATE);
      return new RdapList(
          servers(json, BUNDLED),
          "by the bundled list of " + date + ", because of " + why.getMessage(),
          false,
          true);
    }
  }

  static RdapServers servers(JsonNode json, String source) throws ContentException {
    RdapServers list = RdapServers.of(json);
    if (list.byDomain().isEmpty()) {
      throw new ContentException(source, "no list of RDAP servers", null);
    }
    return list;
  }
}
