package dev.sluice.dns.wire;

/** A message that breaks the rules of the protocol. It has no stack trace. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A flaw of a message.
   *
   * @param message what is wrong
   */
  public MalformedMessageException(String message) {
    super(message, null, false, false);
  }
}
