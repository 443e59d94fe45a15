package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A domain name in the form that DNS messages carry: ASCII, lower case, no trailing dot.
 *
 * <pre>{@code
 * DomainName.of("Bücher.DE.").value()   // xn--bcher-kva.de
 * }</pre>
 *
 * <p>A name has at most 253 octets, in labels of 1 to 63 octets (RFC 1035, section 2.3.4). A label
 * consists of letters, digits, hyphens and underscores, and neither begins nor ends with a hyphen.
 * DNS allows more (RFC 2181, section 11), but hosts (RFC 1123, section 2.1) and services (RFC 8552)
 * do not use it, so it is most likely a typing error. The last label is not a number: {@code
 * 192.0.2.1} is an address.
 *
 * <p>Other scripts are converted to ASCII by IDNA 2003 (RFC 3490, as a query), the version that the
 * JDK has. Symbols such as emoji are allowed, and the dots U+3002, U+FF0E and U+FF61 separate
 * labels. The characters that later rules convert differently (ß, ς and the zero-width joiners; UTS
 * #46, section 2.3) are refused: {@code straße.de} and {@code strasse.de} are two domains, and the
 * answer for one must not be taken for the other's. Write them in ASCII: {@code xn--strae-oqa.de}.
 * Labels that begin with {@code xn--} are not converted.
 *
 * @param value the name in ASCII
 */
public record DomainName(String value) {
  /**
   * Converts a text to a name.
   *
   * @param value a name, with or without a trailing dot, in any case and any script
   * @throws IllegalArgumentException the text is no name; the message says what is allowed
   */
  public DomainName {
    value = NameRules.canonical(requireNonNull(value, "value"));
  }

  /**
   * {@return the name}
   *
   * @param text a name, with or without a trailing dot, in any case and any script
   * @throws IllegalArgumentException the text is no name; the message says what is allowed
   */
  public static DomainName of(String text) {
    return new DomainName(text);
  }

  /**
   * {@return the name, like {@link #of}, but with an exception that is a failure of one key and not
   * the end of a run: for {@link dev.sluice.Pipeline#parsing}}
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
