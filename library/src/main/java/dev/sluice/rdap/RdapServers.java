package dev.sluice.rdap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.dns.DomainName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The servers of the registries, by the domain that they are responsible for (RFC 9224). */
record RdapServers(Map<String, HttpUrl> byDomain) {
  /** Stands for an entry that is no domain name. */
  private static final String NONE = "";

  RdapServers {
    byDomain = Map.copyOf(byDomain);
  }

  /** Reads {@code {"services": [[["dev", "app"], ["https://…/"]], …]}}; skips bad entries. */
  static RdapServers of(JsonNode list) {
    Map<String, HttpUrl> byDomain = new HashMap<>();
    for (JsonNode service : list.path("services")) {
      HttpUrl url = best(service.path(1));
      for (JsonNode domain : service.path(0)) {
        if (url != null) {
          byDomain.putIfAbsent(canonical(domain), url);
        }
      }
    }
    byDomain.remove(NONE);
    return new RdapServers(byDomain);
  }

  /**
   * The server of the longest listed domain above a name. An entry for the name itself is not used:
   * that server knows only the domains registered below the name.
   */
  Optional<HttpUrl> above(DomainName name) {
    String value = name.value();
    for (int dot = value.indexOf('.'); dot >= 0; dot = value.indexOf('.', dot + 1)) {
      HttpUrl url = byDomain.get(value.substring(dot + 1));
      if (url != null) {
        return Optional.of(url);
      }
    }
    return Optional.empty();
  }

  /** The first https URL, else the first http URL; null if there is none. */
  private static @Nullable HttpUrl best(JsonNode urls) {
    HttpUrl best = null;
    for (JsonNode text : urls) {
      HttpUrl url = HttpUrl.parse(text.asText());
      if (url != null && (best == null || (url.isHttps() && !best.isHttps()))) {
        best = url;
      }
    }
    return best;
  }

  private static String canonical(JsonNode domain) {
    try {
      return domain.isTextual() ? DomainName.of(domain.textValue()).value() : NONE;
    } catch (IllegalArgumentException e) {
      return NONE;
    }
  }
}
