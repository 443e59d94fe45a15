package dev.sluice.flags;

import static java.util.Objects.requireNonNull;

import dev.sluice.Policy;
import dev.sluice.http.HttpOptions;
import java.time.Duration;

/**
 * How flags are downloaded.
 *
 * @param policy how many at once, timeouts, retries
 * @param naming the names of the files
 * @param http headers, credentials, proxy, longest body
 */
public record FlagOptions(Policy policy, Naming naming, HttpOptions http) {
  /**
   * Checks for null.
   *
   * @param policy not null
   * @param naming not null
   * @param http not null
   */
  public FlagOptions {
    requireNonNull(policy, "policy");
    requireNonNull(naming, "naming");
    requireNonNull(http, "http");
  }

  /** {@return 5 at once, 3.1 s for an attempt, no retry; files named by code} */
  public static FlagOptions standard() {
    return of(Policy.limit(5).withAttemptTimeout(Duration.ofMillis(3_100)));
  }

  /**
   * {@return options with this policy; files named by code}
   *
   * @param policy how many at once, timeouts, retries
   */
  public static FlagOptions of(Policy policy) {
    return new FlagOptions(policy, Naming.BY_CODE, HttpOptions.standard());
  }

  /**
   * {@return a copy with this policy}
   *
   * @param policy how many at once, timeouts, retries
   */
  public FlagOptions withPolicy(Policy policy) {
    return new FlagOptions(policy, naming, http);
  }

  /**
   * {@return a copy with this naming}
   *
   * @param naming the names of the files
   */
  public FlagOptions withNaming(Naming naming) {
    return new FlagOptions(policy, naming, http);
  }

  /**
   * {@return a copy with these HTTP options}
   *
   * @param http headers, credentials, proxy, longest body
   */
  public FlagOptions withHttp(HttpOptions http) {
    return new FlagOptions(policy, naming, http);
  }
}
