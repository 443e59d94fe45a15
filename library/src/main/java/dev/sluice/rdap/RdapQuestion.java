package dev.sluice.rdap;

import static java.util.Objects.requireNonNull;

import dev.sluice.dns.DomainName;
import java.net.URI;
import okhttp3.HttpUrl;

/**
 * A domain, and the server of its registry.
 *
 * @param name the domain
 * @param server the base URL of the server, as the list of registries has it, without a user
 * @param list where the list came from, and of when it is if it is not the present one
 * @param isAuthoritative whether the list is present, so that a 404 of the server counts; an old
 *     list may name a server that the registry has left
 */
public record RdapQuestion(DomainName name, URI server, String list, boolean isAuthoritative) {
  /**
   * Leaves out a user and a password, because the URL is printed.
   *
   * @param name the domain
   * @param server the base URL of the server: http or https
   * @param list where the list came from
   * @param isAuthoritative whether the list is present
   */
  public RdapQuestion {
    requireNonNull(name, "name");
    server = withoutUser(requireNonNull(server, "server"));
    requireNonNull(list, "list");
  }

  /** The same URL, unless it is of http or https and has a user. */
  private static URI withoutUser(URI url) {
    HttpUrl parsed = HttpUrl.get(url);
    boolean hasUser =
        parsed != null && !(parsed.username().isEmpty() && parsed.password().isEmpty());
    return hasUser ? parsed.newBuilder().username("").password("").build().uri() : url;
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
