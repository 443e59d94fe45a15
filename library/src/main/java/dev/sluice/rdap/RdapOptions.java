package dev.sluice.rdap;

import static java.util.Objects.requireNonNull;

import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.http.HttpOptions;

/**
 * How registries are asked.
 *
 * @param policy how many at once, how long each may take, what happens after a failure
 * @param http what is sent and accepted
 */
public record RdapOptions(Policy policy, HttpOptions http) {
  private static final int LIMIT = 4;
  private static final int ATTEMPTS = 3;
  private static final long MAX_BODY_BYTES = 4L << 20;

  /**
   * Refuses null.
   *
   * @param policy {@link #policy()}
   * @param http {@link #http()}
   */
  public RdapOptions {
    requireNonNull(policy, "policy");
    requireNonNull(http, "http");
  }

  /**
   * {@return 4 at once, for registries count and are quick to say 429; 10 s for an attempt, 3
   * attempts; bodies of at most 4 MiB}
   */
  public static RdapOptions standard() {
    return of(Policy.limit(LIMIT).withRetry(Retry.upTo(ATTEMPTS)));
  }

  /**
   * {@return this policy; bodies of at most 4 MiB}
   *
   * @param policy how many at once, how long each may take, what happens after a failure
   */
  public static RdapOptions of(Policy policy) {
    return new RdapOptions(policy, HttpOptions.standard().withMaxBodyBytes(MAX_BODY_BYTES));
  }

  /**
   * {@return a copy with these HTTP options}
   *
   * @param http what is sent and accepted
   */
  public RdapOptions withHttp(HttpOptions http) {
    return new RdapOptions(policy, http);
  }
}
