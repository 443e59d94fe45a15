package dev.sluice.dns.wire;

/** What a response says. */
public enum ResponseKind {
  /** The name has addresses. */
  ADDRESSES,
  /** The name exists, but has no address of the type asked for (NODATA, RFC 2308). */
  NO_DATA,
  /** The name does not exist (NXDOMAIN). */
  NO_NAME,
  /** The answer does not fit a datagram (TC bit). */
  TRUNCATED,
  /** Any other RCODE. */
  ERROR_CODE,
  /** The server names other servers instead of asking them. */
  REFERRAL,
  /** The response breaks the rules of the protocol. */
  MALFORMED
}
