package dev.sluice.domains;

import dev.sluice.dns.DomainName;
import java.io.IOException;

/**
 * A text, and the domain in it that can be registered.
 *
 * @param text as it was given
 * @param domain the public suffix and one label before it
 */
record Registrable(String text, DomainName domain) {

  static Registrable parse(String text, PublicSuffixes suffixes) throws IOException {
    DomainName name = DomainName.parse(text);
    DomainName domain =
        suffixes
            .registrable(name)
            .orElseThrow(
                () ->
                    new UnregistrableNameException(
                        name
                            + ": a public suffix; names are registered below it, such as example."
                            + name));
    if (label(domain).indexOf('_') >= 0) {
      throw new UnregistrableNameException(
          domain + ": a label with an underscore cannot be registered (RFC 8552)");
    }
    return new Registrable(text, domain);
  }

  private static String label(DomainName domain) {
    return domain.value().substring(0, domain.value().indexOf('.'));
  }

  /** The domain, for messages. */
  @Override
  public String toString() {
    return domain.value();
  }
}
