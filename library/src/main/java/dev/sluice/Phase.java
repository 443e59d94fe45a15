package dev.sluice;

/** What the time of a key goes into, see {@link Timings}. */
public enum Phase {
  /** A wait for a permit of the whole limiter. */
  PERMIT,
  /** A wait for one of the permits of a lane. */
  LANE,
  /** A wait for a token of a rate: that of the lane, or that of all lanes together. */
  RATE,
  /** A wait while the lane is parked, or its server's quota used up. */
  PAUSE,
  /** The waits between a failed attempt and the next one. */
  BACKOFF,
  /** The lookup of a host name. */
  DNS,
  /** To connect, with the TLS handshake and the connection to a proxy. */
  CONNECT,
  /** From the request until the head of the response is there. */
  FIRST_BYTE,
  /** The body of the response. */
  BODY,
  /** The rest of the attempts: from each permit to its return, without the phases above. */
  ATTEMPT,
  /** The steps after the attempts: a file, a database. */
  DISK
}
