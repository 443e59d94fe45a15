package dev.sluice.rdap;

import static java.util.Objects.requireNonNull;

import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.http.HttpOptions;

/**
 * Options of {@link Rdap}.
 *
 * @param policy how many lookups at once, their timeouts and retries
 * @param http HTTP options; {@link #of} allows bodies of 4 MiB
 */
public record RdapOptions(Policy policy, HttpOptions http) {
  private static final int LIMIT = 4;
  private static final int ATTEMPTS = 3;
  private static final long MAX_BODY_BYTES = 4L << 20;

  /**
   * Options.
   *
   * @param policy how many lookups at once, their timeouts and retries
   * @param http HTTP options
   */
  public RdapOptions {
    requireNonNull(policy, "policy");
    requireNonNull(http, "http");
  }

  /**
   * {@return 4 lookups at once, because registries limit their clients; 10 s and 3 attempts; bodies
   * of at most 4 MiB}
   */
  public static RdapOptions standard() {
    return of(Policy.limit(LIMIT).withRetry(Retry.upTo(ATTEMPTS)));
  }

  /**
   * {@return this policy; bodies of at most 4 MiB}
   *
   * @param policy how many lookups at once, their timeouts and retries
   */
  public static RdapOptions of(Policy policy) {
    return new RdapOptions(policy, HttpOptions.standard().withMaxBodyBytes(MAX_BODY_BYTES));
  }

  /**
   * {@return a copy with this policy}
   *
   * @param policy how many lookups at once, their timeouts and retries
   */
  public RdapOptions withPolicy(Policy policy) {
    return new RdapOptions(policy, http);
  }

  /**
   * {@return a copy with these HTTP options}
   *
   * @param http HTTP options
   */
  public RdapOptions withHttp(HttpOptions http) {
    return new RdapOptions(policy, http);
  }
}
