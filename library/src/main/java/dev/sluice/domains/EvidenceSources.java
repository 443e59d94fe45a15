package dev.sluice.domains;

import static java.util.Objects.requireNonNull;

import dev.sluice.dns.RecordSource;
import dev.sluice.rdap.Rdap;

/** The sources of evidence that this library has, beside {@link ParentServers}. */
public final class EvidenceSources {
  private EvidenceSources() {}

  /**
   * {@return a resolver, asked for the NS records of names}
   *
   * <p>An address without NS records is no sign of a registration, because it may come from a
   * wildcard.
   *
   * @param records mostly an {@code UdpResolver}
   */
  public static EvidenceSource resolver(RecordSource records) {
    return new ResolverSource(requireNonNull(records, "records"));
  }

  /**
   * {@return the registries, each asked at its rate}
   *
   * @param rdap with the {@linkplain RegistryRates#policy() policy of the rates}, so that each
   *     registry is a lane
   * @param rates name the lanes
   * @throws IllegalArgumentException if the limiter of the lookups has no lanes, and so no rates
   */
  public static EvidenceSource registries(Rdap rdap, RegistryRates rates) {
    if (rdap.policy().limiter().lanes() == null) {
      throw new IllegalArgumentException(
          "rdap: its limiter has no lanes; make it with the policy of the rates");
    }
    return new RegistrySource(rdap, requireNonNull(rates, "rates"));
  }

  /**
   * {@return a list of names that registries do not register}
   *
   * @param names the names
   */
  public static EvidenceSource reserved(NameList names) {
    return new ListSource(requireNonNull(names, "names"), Finding.RESERVED);
  }

  /**
   * {@return a list of names that cost more than others}
   *
   * @param names the names
   */
  public static EvidenceSource premium(NameList names) {
    return new ListSource(requireNonNull(names, "names"), Finding.PREMIUM);
  }
}
