package dev.sluice.dns;

/** The types of records that {@link RecordSource} asks for. */
public enum RecordKind {
  /** An IPv4 address: RFC 1035, section 3.4.1. */
  A(1),
  /** A name server of a zone: RFC 1035, section 3.3.11. */
  NS(2),
  /** The name of which this one is an alias: RFC 1035, section 3.3.1. */
  CNAME(5),
  /** The start of a zone: RFC 1035, section 3.3.13. */
  SOA(6),
  /** A mail exchange: RFC 1035, section 3.3.9. */
  MX(15),
  /** Text: RFC 1035, section 3.3.14. */
  TXT(16),
  /** An IPv6 address: RFC 3596. */
  AAAA(28),
  /** A certification authority that may issue certificates: RFC 8659. */
  CAA(257);

  private final int code;

  RecordKind(int code) {
    this.code = code;
  }

  /** {@return the number of the type in messages} */
  public int code() {
    return code;
  }
}
