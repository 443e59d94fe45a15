package dev.sluice.domains;

import java.util.Collection;

/** What the evidence about a name amounts to. */
public enum Verdict {
  /** Registered, and delegated in DNS as far as is known. */
  REGISTERED("registered"),
  /** Registered, and not in DNS: without name servers, or on hold. */
  REGISTERED_NOT_DELEGATED("registered, not delegated"),
  /** Not registered, and the registry does not register it. */
  RESERVED("reserved"),
  /** Deleted, but its holder can still restore it (RFC 3915). */
  REDEMPTION("redemption"),
  /** About to be released. */
  PENDING_DELETE("pending delete"),
  /** Absent from DNS and from its registry. Only the registry can promise that it can be had. */
  LIKELY_FREE("likely free"),
  /** The sources did not answer, or contradict each other. */
  UNKNOWN("unknown");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /**
   * {@return the verdict on this evidence; its order does not matter}
   *
   * <p>{@link #LIKELY_FREE} needs the 404 of the registry's own server and NXDOMAIN, of the parent
   * zone's servers if these were asked, and no source that says otherwise. Nothing else leads to
   * it.
   *
   * @param evidence of one name
   */
  public static Verdict of(Collection<Evidence> evidence) {
    return new Findings(evidence).verdict();
  }

  /** {@return the verdict in words: {@code likely free}} */
  public String words() {
    return words;
  }
}
