package dev.sluice.dns.engine;

/** What is counted for each server. */
public enum ServerEvent {
  /** A query was sent, by UDP or TCP. */
  ASKED(0),
  /** An answer, or a denial, came in time. */
  ANSWERED(1),
  /** RCODE 5. */
  REFUSED(2),
  /** Another RCODE, or a malformed or useless response, or the server was not reached. */
  FAILED(3),
  /** No answer came in time. */
  TIMED_OUT(4),
  /** A response came after its query had timed out. */
  LATE(5),
  /** An answer was not true. */
  LIED(6);

  static final int COUNT = 7;

  /** Where it is counted. */
  final int slot;

  ServerEvent(int slot) {
    this.slot = slot;
  }
}
