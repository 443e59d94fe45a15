package dev.sluice.rdap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.dns.DomainName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Which server speaks for the names under which domain: the list of RFC 9224. */
record RdapServers(Map<String, HttpUrl> byDomain) {
  /** No name is empty. */
  private static final String NONE = "";

  RdapServers {
    byDomain = Map.copyOf(byDomain);
  }

  /** Reads {@code {"services": [[["dev", "app"], ["https://…/"]], …]}}; a bad entry is left out. */
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
   * The server of the longest listed domain above a name. That of the name itself is not asked: it
   * knows what is registered below it, and would say that it is not registered there.
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

  /** The first one with https, else the first one. */
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
