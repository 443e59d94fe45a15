package dev.sluice.http;

import dev.sluice.RetryHint;
import java.io.IOException;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** The client was closed before the call or during it. */
final class ClientClosedException extends CallException implements RetryHint {
  private static final long serialVersionUID = 1L;

  ClientClosedException(Request request, @Nullable IOException cause) {
    super(request, "the client is closed", cause);
  }

  @Override
  public boolean isTransient() {
    return false;
  }
}
