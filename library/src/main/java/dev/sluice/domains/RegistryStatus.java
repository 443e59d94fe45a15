package dev.sluice.domains;

import dev.sluice.rdap.Registration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the statuses of a registration mean (RFC 8056, which maps those of RFC 5731 and RFC 3915).
 */
final class RegistryStatus {
  /** In redemption a name has the status pending delete as well (RFC 3915, section 3.1). */
  private static final Set<String> REDEMPTION = Set.of("redemption period", "pending restore");

  private static final Set<String> HELD = Set.of("client hold", "server hold", "inactive");

  private RegistryStatus() {}

  static Finding finding(Registration registration) {
    List<String> statuses = registration.statuses().stream().map(RegistryStatus::words).toList();
    if (statuses.stream().anyMatch(REDEMPTION::contains)) {
      return Finding.REDEMPTION;
    }
    if (statuses.contains("pending delete")) {
      return Finding.PENDING_DELETE;
    }
    if (statuses.contains("reserved")) {
      return Finding.RESERVED;
    }
    return statuses.stream().anyMatch(HELD::contains) ? Finding.ON_HOLD : Finding.REGISTERED;
  }

  /** Some registries write {@code pendingDelete}, as in EPP. */
  private static String words(String status) {
    return status
        .strip()
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .replaceAll("[\\s_-]+", " ")
        .toLowerCase(Locale.ROOT);
  }
}
