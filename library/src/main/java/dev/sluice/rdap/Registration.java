package dev.sluice.rdap;

import static java.util.Objects.requireNonNull;

import dev.sluice.dns.DomainName;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A domain that somebody registered, as a registry tells it (RFC 9083, section 5.3).
 *
 * @param name which
 * @param statuses such as {@code active} or {@code redemption period} (RFC 9083, section 10.2.2);
 *     none when none are given
 * @param expiry when the registration ends; empty when it is not given, or not as a date
 * @param evidence who says so: the URL that was asked last, after redirects
 */
public record Registration(
    DomainName name, List<String> statuses, Optional<Instant> expiry, URI evidence) {
  /**
   * Refuses null and copies the list.
   *
   * @param name {@link #name()}
   * @param statuses {@link #statuses()}
   * @param expiry {@link #expiry()}
   * @param evidence {@link #evidence()}
   */
  public Registration {
    requireNonNull(name, "name");
    statuses = List.copyOf(statuses);
    requireNonNull(expiry, "expiry");
    requireNonNull(evidence, "evidence");
  }
}
