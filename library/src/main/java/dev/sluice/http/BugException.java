package dev.sluice.http;

import java.io.IOException;

/** Carries what is no failure of a call through a callback of OkHttp, which takes these only. */
final class BugException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Throwable bug;

  BugException(Throwable bug) {
    super(bug.toString(), bug);
    this.bug = bug;
  }

  /** What the subscriber gets. */
  Throwable bug() {
    return bug;
  }

  /** Throws the bug, or a failure. */
  static IOException thrown(IOException e) {
    if (e instanceof BugException carrier) {
      if (carrier.bug instanceof Error error) {
        throw error;
      }
      if (carrier.bug instanceof RuntimeException exception) {
        throw exception;
      }
    }
    return e;
  }
}
