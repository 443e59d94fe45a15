package dev.sluice.rdap;

import static java.util.Objects.requireNonNull;

import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.http.HttpOptions;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@link Rdap}.
 *
 * @param policy how many lookups at once, their timeouts and retries
 * @param http HTTP options; {@link #of} allows bodies of 4 MiB
 * @param cache the file that keeps the list of registries; null, the default, for none
 * @param clock the wall clock that the age of the cached list is measured by
 */
public record RdapOptions(Policy policy, HttpOptions http, @Nullable Path cache, Clock clock) {
  private static final int LIMIT = 4;
  private static final int ATTEMPTS = 3;
  private static final long MAX_BODY_BYTES = 4L << 20;

  /**
   * Options.
   *
   * @param policy how many lookups at once, their timeouts and retries
   * @param http HTTP options
   * @param cache the file that keeps the list of registries, or null
   * @param clock the wall clock that the age of the cached list is measured by
   */
  public RdapOptions {
    requireNonNull(policy, "policy");
    requireNonNull(http, "http");
    requireNonNull(clock, "clock");
  }

  /**
   * Options with the clock of the system.
   *
   * @param policy how many lookups at once, their timeouts and retries
   * @param http HTTP options
   * @param cache the file that keeps the list of registries, or null
   */
  public RdapOptions(Policy policy, HttpOptions http, @Nullable Path cache) {
    this(policy, http, cache, Clock.systemUTC());
  }

  /**
   * Options without a cache.
   *
   * @param policy how many lookups at once, their timeouts and retries
   * @param http HTTP options
   */
  public RdapOptions(Policy policy, HttpOptions http) {
    this(policy, http, null);
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
    return new RdapOptions(policy, http, cache, clock);
  }

  /**
   * {@return a copy with these HTTP options}
   *
   * @param http HTTP options
   */
  public RdapOptions withHttp(HttpOptions http) {
    return new RdapOptions(policy, http, cache, clock);
  }

  /**
   * {@return a copy that keeps the list of registries in a file}
   *
   * <p>Until the list expires, as its server says, no run fetches it. After that the server is
   * asked whether it has changed. If the server does not answer, the copy is used.
   *
   * @param cache the file; its folder is made if it is missing
   */
  public RdapOptions withCache(Path cache) {
    return new RdapOptions(policy, http, requireNonNull(cache, "cache"), clock);
  }

  /**
   * {@return a copy with this clock: for a test that moves the time by hand}
   *
   * <p>The age of the list in memory is measured by the timer of the policy, which does not jump.
   *
   * @param clock the wall clock that the age of the cached list is measured by
   */
  public RdapOptions withClock(Clock clock) {
    return new RdapOptions(policy, http, cache, clock);
  }
}
