package dev.sluice.http;

import dev.sluice.RetryHint;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The server answered with a status other than a success with a body (RFC 9110, section 15). */
public final class StatusException extends CallException implements RetryHint {
  private static final long serialVersionUID = 1L;

  /** Request Timeout, Too Early, Too Many Requests, and the server errors that may pass. */
  private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429, 500, 502, 503, 504);

  /** The status code. */
  private final int status;

  /** The wait that the server asked for; null for none. */
  private final @Nullable Duration retryAfter;

  StatusException(Response response) {
    this(response, describe(response), null);
  }

  StatusException(Response response, @Nullable Throwable cause) {
    this(response, describe(response), cause);
  }

  /** A status that is a failure for this reason. */
  StatusException(Response response, String why) {
    this(response, describe(response) + ", " + why, null);
  }

  private StatusException(Response response, String what, @Nullable Throwable cause) {
    super(response.request(), what, cause);
    this.status = response.code();
    this.retryAfter = RetryAfter.of(response).orElse(null);
  }

  /**
   * A status, for a fake in a test or a transport of your own.
   *
   * @param method {@code GET}, {@code POST} …
   * @param url the URL that was asked for
   * @param status the status code, such as 503
   * @param reason the reason phrase, such as {@code Service Unavailable}; may be empty
   * @param retryAfter the wait that the server asked for, or null
   */
  public StatusException(
      String method, String url, int status, String reason, @Nullable Duration retryAfter) {
    super(method, url, (status + " " + reason).trim(), null);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  private static String describe(Response response) {
    String location = response.header("Location");
    String status = (response.code() + " " + response.message()).trim();
    return location == null
        ? status
        : status + ", to " + UrlText.location(response.request().url(), location);
  }

  /** {@return the status code} */
  public int status() {
    return status;
  }

  /**
   * {@return whether the error is a status that means 'there is no such thing': 404 or 410}
   *
   * <p>A {@code Maybe} of {@link HttpClient} is empty for these; a {@code Single} fails, and so
   * does a call that {@code HttpClient} did not make.
   *
   * @param e any error
   */
  public static boolean isNotFound(Throwable e) {
    return e instanceof StatusException s && isNotFound(s.status);
  }

  static boolean isNotFound(int status) {
    return status == 404 || status == 410;
  }

  /** {@return whether it is 408, 425, 429, 500, 502, 503 or 504} */
  @Override
  public boolean isTransient() {
    return TRANSIENT.contains(status);
  }

  /** {@return whether it is 429 or 503} */
  @Override
  public boolean isOverload() {
    return status == 429 || status == 503;
  }

  /** {@return the {@code Retry-After} of the response (RFC 9110, section 10.2.3)} */
  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
