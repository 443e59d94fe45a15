package dev.sluice.rdap;

import static java.util.Objects.requireNonNull;

import dev.sluice.dns.DomainName;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A registered domain, as its registry describes it (RFC 9083, section 5.3).
 *
 * @param name the domain
 * @param statuses such as {@code active} or {@code redemption period} (RFC 9083, section 10.2.2);
 *     empty if the registry gives none
 * @param expiry when the registration ends; empty if the registry gives no valid date
 * @param evidence the URL of the answer, after redirects
 */
public record Registration(
    DomainName name, List<String> statuses, Optional<Instant> expiry, URI evidence) {
  /**
   * Copies the list.
   *
   * @param name the domain
   * @param statuses such as {@code active}
   * @param expiry when the registration ends
   * @param evidence the URL of the answer
   */
  public Registration {
    requireNonNull(name, "name");
    statuses = List.copyOf(statuses);
    requireNonNull(expiry, "expiry");
    requireNonNull(evidence, "evidence");
  }
}
