package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import dev.sluice.RetryHint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Nobody could say whether a name exists; the message says who was asked and what came. */
public final class DnsException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  /** Why nobody could say. */
  public enum Reason {
    /** The resolver failed on the way to the answer: RCODE 2, RFC 1035, section 4.1.1. */
    SERVFAIL,
    /** The resolver does not answer us: RCODE 5. */
    REFUSED,
    /** Another RCODE that is neither success nor NXDOMAIN. */
    OTHER_RCODE,
    /** No answer in time, all tries included. */
    TIMEOUT,
    /** An answer that breaks the rules of the protocol. */
    MALFORMED,
    /** The resolver could not be reached, or was closed. */
    UNREACHABLE
  }

  /** Why nobody could say. */
  private final Reason reason;

  /**
   * A failure to find out.
   *
   * @param reason why nobody could say
   * @param message what was asked of whom, and what came
   * @param cause who found it, or null
   */
  public DnsException(Reason reason, String message, @Nullable Throwable cause) {
    super(requireNonNull(message, "message"), cause);
    this.reason = requireNonNull(reason, "reason");
  }

  /** {@return why nobody could say} */
  public Reason reason() {
    return reason;
  }

  /** {@return whether the same question may fare better later: not when it was refused} */
  @Override
  public boolean isTransient() {
    return reason != Reason.REFUSED;
  }
}
