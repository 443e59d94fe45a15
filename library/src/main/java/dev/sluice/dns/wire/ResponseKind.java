package dev.sluice.dns.wire;

/** What a response says. */
public enum ResponseKind {
  /** The name has addresses. */
  ADDRESSES,
  /** The name exists, but has no address of the type asked for (NODATA, RFC 2308). */
  NO_DATA,
  /** The name does not exist (NXDOMAIN). */
  NO_NAME,
  /**
   * The name is an alias of a name that does not exist. A name with a CNAME exists itself; NXDOMAIN
   * speaks of the last name of the chain (RFC 6604, section 3).
   */
  DANGLING_ALIAS,
  /** NXDOMAIN of a server that says that it blocks the name (RFC 8914): this proves nothing. */
  BLOCKED,
  /** The records, or the denial, of a question of any type. */
  RECORDS,
  /** The answer does not fit a datagram (TC bit). */
  TRUNCATED,
  /** Any other RCODE. */
  ERROR_CODE,
  /** The server names other servers instead of asking them. */
  REFERRAL,
  /** No records, from a server that is neither authoritative nor recursive: this proves nothing. */
  EMPTY,
  /** The response breaks the rules of the protocol. */
  MALFORMED
}
