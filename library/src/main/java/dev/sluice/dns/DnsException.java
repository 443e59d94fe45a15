package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import dev.sluice.RetryHint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No answer says whether a name exists. The message says which server was asked and what came. */
public final class DnsException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  /** Why the last try failed. */
  public enum Reason {
    /** The server could not find the answer: RCODE 2, RFC 1035, section 4.1.1. */
    SERVFAIL,
    /** The server does not answer this client: RCODE 5. */
    REFUSED,
    /**
     * Another RCODE than success and NXDOMAIN, or an answer that proves nothing, such as NXDOMAIN
     * of a resolver that says that it blocks the name (RFC 8914).
     */
    OTHER_RCODE,
    /** No answer in time, after all tries. */
    TIMEOUT,
    /** An answer that breaks the rules of the protocol. */
    MALFORMED,
    /** The server could not be reached, or the resolver was closed. */
    UNREACHABLE
  }

  /** Why the last try failed. */
  private final Reason reason;

  /**
   * Whether another attempt is pointless: the resolver is closed or blocks the name, or the cause
   * says so.
   */
  private final boolean isFinal;

  /**
   * A failed lookup.
   *
   * @param reason why the last try failed
   * @param message which name and type, what came, and from which server
   * @param cause the exception behind it, or null; if it is a {@link RetryHint}, what it says about
   *     another attempt holds for this one, too
   */
  public DnsException(Reason reason, String message, @Nullable Throwable cause) {
    this(reason, message, cause, cause instanceof RetryHint hint && !hint.isTransient());
  }

  private DnsException(Reason reason, String message, @Nullable Throwable cause, boolean isFinal) {
    super(requireNonNull(message, "message"), cause);
    this.reason = requireNonNull(reason, "reason");
    this.isFinal = isFinal;
  }

  /** A lookup that a closed resolver refuses. */
  static DnsException closed(String message, @Nullable IOException cause) {
    return new DnsException(Reason.UNREACHABLE, message, cause, true);
  }

  /** A lookup of a name that the resolver blocks, as it says itself. */
  static DnsException blocked(String message) {
    return new DnsException(Reason.OTHER_RCODE, message, null, true);
  }

  /** {@return why the last try failed} */
  public Reason reason() {
    return reason;
  }

  /**
   * {@return whether a retry may succeed: false for {@link Reason#REFUSED}, a closed resolver, a
   * name that the resolver says it blocks, and a cause that says so, such as a status of HTTP}
   */
  @Override
  public boolean isTransient() {
    return reason != Reason.REFUSED && !isFinal;
  }
}
