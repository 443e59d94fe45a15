package dev.sluice.dns.engine;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Why the last try of a query failed.
 *
 * @param kind what kind of failure it was
 * @param type the record type asked for
 * @param received what came instead of an answer, for a message
 * @param server the server asked last
 * @param tries how many tries were made for this type
 * @param cause the exception behind it, if any
 */
public record QueryFailure(
    Kind kind,
    String type,
    String received,
    @Nullable InetSocketAddress server,
    int tries,
    @Nullable Throwable cause) {
  /** Kinds of failures. */
  public enum Kind {
    /** RCODE 2. */
    SERVFAIL,
    /** RCODE 5. */
    REFUSED,
    /** NXDOMAIN of a server that says that it blocks the name. */
    BLOCKED,
    /** Any other RCODE, a referral, or an empty answer that proves nothing. */
    OTHER_RCODE,
    /** No answer in time. */
    TIMEOUT,
    /** A response that breaks the rules of the protocol. */
    MALFORMED,
    /** The server could not be reached. */
    UNREACHABLE
  }
}
