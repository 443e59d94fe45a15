package dev.sluice.flags;

import static java.util.Objects.requireNonNull;

import dev.sluice.Policy;
import dev.sluice.http.HttpOptions;
import java.time.Duration;

/**
 * How flags are downloaded.
 *
 * @param policy how many at once, how long each may take, what happens after a failure
 * @param naming what the files are called
 * @param http what is sent and accepted
 */
public record FlagOptions(Policy policy, Naming naming, HttpOptions http) {
  /**
   * Refuses null.
   *
   * @param policy {@link #policy()}
   * @param naming {@link #naming()}
   * @param http {@link #http()}
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
   * {@return this policy; files named by code}
   *
   * @param policy how many at once, how long each may take, what happens after a failure
   */
  public static FlagOptions of(Policy policy) {
    return new FlagOptions(policy, Naming.BY_CODE, HttpOptions.standard());
  }

  /**
   * {@return a copy with this naming}
   *
   * @param naming what the files are called
   */
  public FlagOptions withNaming(Naming naming) {
    return new FlagOptions(policy, naming, http);
  }

  /**
   * {@return a copy with these HTTP options}
   *
   * @param http what is sent and accepted
   */
  public FlagOptions withHttp(HttpOptions http) {
    return new FlagOptions(policy, naming, http);
  }
}
