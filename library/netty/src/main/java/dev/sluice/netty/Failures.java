package dev.sluice.netty;

import io.netty.channel.ChannelException;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLHandshakeException;

/** Why there is no connection. */
final class Failures {
  private Failures() {}

  /** A part of the way to a connection. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /** Runs a step. Whatever it throws ends the exchange, which would have no end otherwise. */
  static void orFail(Exchange exchange, Step step) {
    try {
      step.run();
    } catch (Throwable e) {
      exchange.fail(of(e));
      exchange.cancel(); // Closes the channel, if there is one.
    }
  }

  static IOException of(Throwable cause) {
    if (cause instanceof IOException e) {
      return e;
    }
    if (cause instanceof ChannelException && cause.getCause() instanceof IOException e) {
      return e; // Such as too many open files.
    }
    return cause instanceof RejectedExecutionException
        ? new IOException("the transport is closed", cause)
        : new IOException(cause.toString(), cause);
  }

  /** With the reason in the message: OpenSSL's says only that there was a problem. */
  static IOException ofHandshake(Throwable cause) {
    Throwable reason = cause.getCause();
    if (!(cause instanceof SSLHandshakeException) || reason == null) {
      return of(cause);
    }
    SSLHandshakeException refusal =
        new SSLHandshakeException(cause.getMessage() + ": " + reason.getMessage());
    refusal.initCause(cause);
    return refusal;
  }
}
