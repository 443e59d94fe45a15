package dev.sluice.genres;

import static java.util.Objects.requireNonNull;

import dev.sluice.Policy;
import dev.sluice.http.HttpOptions;

/**
 * How genres are fetched.
 *
 * @param policy how many at once, how long each may take, what happens after a failure
 * @param http what is sent and accepted
 */
public record GenreOptions(Policy policy, HttpOptions http) {
  /**
   * Refuses null.
   *
   * @param policy {@link #policy()}
   * @param http {@link #http()}
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
   * {@return this policy}
   *
   * @param policy how many at once, how long each may take, what happens after a failure
   */
  public static GenreOptions of(Policy policy) {
    return new GenreOptions(policy, HttpOptions.standard());
  }

  /**
   * {@return a copy with these HTTP options}
   *
   * @param http what is sent and accepted
   */
  public GenreOptions withHttp(HttpOptions http) {
    return new GenreOptions(policy, http);
  }
}
