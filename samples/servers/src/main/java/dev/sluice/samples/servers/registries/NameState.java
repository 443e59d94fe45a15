package dev.sluice.samples.servers.registries;

import java.util.Locale;
import java.util.stream.Stream;

/** What is true of a name, which its first label says: {@code redemption7.test}. */
public enum NameState {
  REGISTERED("active"),
  UNDELEGATED("client hold"),
  RESERVED("reserved"),
  REDEMPTION("pending delete\",\"redemption period"),
  EXPIRING("pending delete"),
  FREE("");

  private final String statuses;

  NameState(String statuses) {
    this.statuses = statuses;
  }

  /** Any other name is free. */
  public static NameState of(String name) {
    return Stream.of(values())
        .filter(state -> name.startsWith(state.name().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(FREE);
  }

  /** The number in the first label of a name; 0 without one. */
  static int number(String name) {
    String digits = name.replaceAll("\\..*", "").replaceAll("[^0-9]", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  /**
   * The answer of the registry: a domain with its statuses; empty for one that it does not have.
   */
  String rdap(String name) {
    return this == FREE
        ? ""
        : "{\"objectClassName\":\"domain\",\"ldhName\":\""
            + name
            + "\",\"status\":[\""
            + statuses
            + "\"]}";
  }
}
