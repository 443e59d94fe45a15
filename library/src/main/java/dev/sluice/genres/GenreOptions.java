package dev.sluice.genres;

import static java.util.Objects.requireNonNull;

import dev.sluice.Policy;
import dev.sluice.http.HttpOptions;

/**
 * How genres are fetched.
 *
 * @param policy how many at once, timeouts, retries
 * @param http headers, credentials, proxy, longest body
 */
public record GenreOptions(Policy policy, HttpOptions http) {
  /**
   * Checks for null.
   *
   * @param policy not null
   * @param http not null
   */
  public GenreOptions {
    requireNonNull(policy, "policy");
    requireNonNull(http, "http");
  }

  /** {@return 10 at once, 10 s for an attempt, no retry} */
  public static GenreOptions standard() {
    return of(Policy.limit(10));
  }

  /**
   * {@return options with this policy}
   *
   * @param policy how many at once, timeouts, retries
   */
  public static GenreOptions of(Policy policy) {
    return new GenreOptions(policy, HttpOptions.standard());
  }

  /**
   * {@return a copy with this policy}
   *
   * @param policy how many at once, timeouts, retries
   */
  public GenreOptions withPolicy(Policy policy) {
    return new GenreOptions(policy, http);
  }

  /**
   * {@return a copy with these HTTP options}
   *
   * @param http headers, credentials, proxy, longest body
   */
  public GenreOptions withHttp(HttpOptions http) {
    return new GenreOptions(policy, http);
  }
}
