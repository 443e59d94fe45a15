package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The name of a domain, in the form that goes over the wire: ASCII, lower case, no trailing dot.
 *
 * <pre>{@code
 * DomainName.of("Bücher.DE.").value()   // xn--bcher-kva.de
 * }</pre>
 *
 * <p>A name has at most 253 octets, in labels of 1 to 63 (RFC 1035, section 2.3.4). A label is made
 * of letters, digits, hyphens and underscores, and neither begins nor ends with a hyphen: the DNS
 * would carry more (RFC 2181, section 11), but no host (RFC 1123, section 2.1) and no service (RFC
 * 8552) is called so, and what looks so is a typing error. The last label is no number: {@code
 * 192.0.2.1} is an address.
 *
 * <p>Other scripts become ASCII by IDNA 2003 (RFC 3490, as for a query), which is what the JDK has;
 * symbols such as emoji pass, and the dots U+3002, U+FF0E and U+FF61 separate labels too. The
 * characters that IDNA 2003 turns into something else than the rules of today do (ß, ς and the
 * zero-width joiners; UTS #46, section 2.3) are refused: {@code straße.de} and {@code strasse.de}
 * are two domains, and nobody shall get the answer for the other one. Spell them in ASCII: {@code
 * xn--strae-oqa.de}. What comes as {@code xn--…} is taken as it stands.
 *
 * @param value the name
 */
public record DomainName(String value) {
  /**
   * Refuses what is no name, and brings the rest into the form of the wire.
   *
   * @param value {@link #value()}
   */
  public DomainName {
    value = NameRules.canonical(requireNonNull(value, "value"));
  }

  /**
   * {@return the name as typed}
   *
   * @param text a name, with or without a trailing dot, in any case and any script
   */
  public static DomainName of(String text) {
    return new DomainName(text);
  }

  /**
   * {@return the name as typed; for {@link dev.sluice.Pipeline#parsing}, where a text that is no
   * name must not end the run}
   *
   * @param text a name, with or without a trailing dot, in any case and any script
   * @throws BadNameException the text is no name
   */
  public static DomainName parse(String text) throws BadNameException {
    try {
      return of(text);
    } catch (IllegalArgumentException e) {
      throw new BadNameException(e);
    }
  }

  /** {@return the name without its first label; empty for a top-level domain} */
  public Optional<DomainName> parent() {
    int dot = value.indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(new DomainName(value.substring(dot + 1)));
  }

  /** {@return the last label: {@code dev} of {@code await.dev}} */
  public DomainName topLevel() {
    int dot = value.lastIndexOf('.');
    return dot < 0 ? this : new DomainName(value.substring(dot + 1));
  }

  /** {@return the name} */
  @Override
  public String toString() {
    return value;
  }
}
