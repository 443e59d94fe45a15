package dev.sluice.domains;

import java.util.Locale;

/** What a source says of a name, as far as it counts for the {@link Verdict}. */
public enum Finding {
  /** The parent zone has NS records of the name. */
  DELEGATED,
  /** The name exists in DNS, but without NS records of its own: perhaps by a wildcard. */
  EXISTS,
  /** The name does not exist in DNS: NXDOMAIN (RFC 2308, section 2.1). */
  NO_SUCH_NAME,
  /** The registry has the name. */
  REGISTERED,
  /** The registry has the name and keeps it out of DNS (RFC 8056: client hold, server hold). */
  ON_HOLD,
  /** The registry has deleted the name, and its holder can restore it (RFC 3915, section 3.1). */
  REDEMPTION,
  /** The registry is about to release the name, and its holder cannot restore it. */
  PENDING_DELETE,
  /** The registry does not register the name. */
  RESERVED,
  /** The registry of the name does not have it: 404 of its own server (RFC 7480, section 5.3). */
  NOT_REGISTERED,
  /** The name costs more than others. Says nothing about whether it is registered. */
  PREMIUM,
  /** No answer, or one that proves nothing. */
  NO_ANSWER;

  /** {@return the name in words: {@code no such name}} */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
