package dev.sluice.rdap;

import static java.util.Objects.requireNonNull;

import dev.sluice.dns.DomainName;
import java.net.URI;
import okhttp3.HttpUrl;

/**
 * A domain, and the server of its registry.
 *
 * @param name the domain
 * @param server the base URL of the server, as the list of registries has it
 * @param list where the list came from, and of when it is if it is not the present one
 * @param isAuthoritative whether the list is present, so that a 404 of the server counts; an old
 *     list may name a server that the registry has left
 */
public record RdapQuestion(DomainName name, URI server, String list, boolean isAuthoritative) {
  /**
   * Checks for null.
   *
   * @param name the domain
   * @param server the base URL of the server
   * @param list where the list came from
   * @param isAuthoritative whether the list is present
   */
  public RdapQuestion {
    requireNonNull(name, "name");
    requireNonNull(server, "server");
    requireNonNull(list, "list");
  }

  HttpUrl httpUrl() {
    HttpUrl base = requireNonNull(HttpUrl.get(server), "server");
    // The empty segment adds the slash at the end of the base, if the list left it out.
    return base.newBuilder().addPathSegment("").addPathSegments("domain/" + name).build();
  }

  /** {@return the URL of the question} */
  public URI url() {
    return httpUrl().uri();
  }

  /** {@return the URL} */
  @Override
  public String toString() {
    return url().toString();
  }
}
