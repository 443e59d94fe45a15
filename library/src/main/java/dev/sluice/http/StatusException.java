package dev.sluice.http;

import dev.sluice.RetryHint;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The server answered with a status that brings no body to work with. */
public final class StatusException extends CallException implements RetryHint {
  private static final long serialVersionUID = 1L;

  /** Request Timeout, Too Early, Too Many Requests, and the server errors that pass. */
  private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429, 500, 502, 503, 504);

  /** The status code. */
  private final int status;

  /** How long the server asked to be left alone, if it did. */
  private final @Nullable Duration retryAfter;

  StatusException(Response response) {
    super(response.request(), describe(response), null);
    this.status = response.code();
    this.retryAfter = RetryAfter.of(response).orElse(null);
  }

  private static String describe(Response response) {
    String location = response.header("Location");
    String status = (response.code() + " " + response.message()).trim();
    return location == null ? status : status + ", to " + withoutSecrets(location);
  }

  /** {@return the status code, RFC 9110, section 15} */
  public int status() {
    return status;
  }

  /**
   * {@return whether an error says that there is no such thing: {@code
   * call.onErrorComplete(StatusException::isNotFound)}}
   *
   * @param e any error
   */
  public static boolean isNotFound(Throwable e) {
    return e instanceof StatusException answer && answer.status == 404;
  }

  /** {@return whether it is 408, 425, 429, 500, 502, 503 or 504} */
  @Override
  public boolean isTransient() {
    return TRANSIENT.contains(status);
  }

  /** {@return the {@code Retry-After} of the answer, RFC 9110, section 10.2.3} */
  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
