package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

/**
 * The name of a domain, in the form that goes over the wire: ASCII, lower case, no trailing dot.
 *
 * @param value the name
 */
public record DomainName(String value) {
  /**
   * Refuses what is no name.
   *
   * @param value {@link #value()}
   */
  public DomainName {
    requireNonNull(value, "value");
  }

  /**
   * {@return the name as typed}
   *
   * @param text a name, with or without a trailing dot, in any case and any script
   */
  public static DomainName of(String text) {
    return new DomainName(text);
  }

  /** {@return the name} */
  @Override
  public String toString() {
    return value;
  }
}
