package dev.sluice.dns;

/** What a response says. */
enum ResponseKind {
  /** The name has addresses. */
  ADDRESSES,
  /** The name exists and has no such address (NODATA, RFC 2308). */
  NO_DATA,
  /** There is no such name (NXDOMAIN). */
  NO_NAME,
  /** There is more than fits a datagram: ask by TCP. */
  TRUNCATED,
  /** Any other RCODE. */
  RCODE,
  /** Somebody else would know, and this server does not ask them for us. */
  REFERRAL,
  /** It breaks the rules. */
  MALFORMED
}
