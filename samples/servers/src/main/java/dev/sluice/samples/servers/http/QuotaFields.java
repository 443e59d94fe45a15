package dev.sluice.samples.servers.http;

import dev.sluice.Rate;
import java.time.Instant;
import java.util.Locale;

/** The fields that announce a quota. */
enum QuotaFields {
  /** {@code RateLimit} and {@code RateLimit-Policy}, draft-ietf-httpapi-ratelimit-headers-08. */
  RATELIMIT {
    @Override
    Response on(Response response, Rate quota, long remaining, long reset) {
      return response
          .with("RateLimit-Policy", "\"default\";q=" + quota.permits() + ";w=" + window(quota))
          .with("RateLimit", "\"default\";r=" + remaining + ";t=" + reset);
    }
  },

  /** The one field of version 07 of that draft. */
  DICTIONARY {
    @Override
    Response on(Response response, Rate quota, long remaining, long reset) {
      return response.with(
          "RateLimit",
          "limit=" + quota.permits() + ", remaining=" + remaining + ", reset=" + reset);
    }
  },

  /** The three fields of versions 00 to 06. */
  SEPARATE {
    @Override
    Response on(Response response, Rate quota, long remaining, long reset) {
      return numbers(response, "RateLimit-", quota, remaining, reset);
    }
  },

  /** The fields that were in use before the draft, with a Unix time. */
  X {
    @Override
    Response on(Response response, Rate quota, long remaining, long reset) {
      long then = Instant.now().plusMillis(999).plusSeconds(reset).getEpochSecond();
      return numbers(response, "X-RateLimit-", quota, remaining, then);
    }
  },

  /** A quota that the client is not told. */
  NONE {
    @Override
    Response on(Response response, Rate quota, long remaining, long reset) {
      return response;
    }
  };

  /**
   * The response with the fields.
   *
   * @param remaining how many more requests the quota allows
   * @param reset in so many seconds it allows more
   */
  abstract Response on(Response response, Rate quota, long remaining, long reset);

  private static Response numbers(
      Response response, String prefix, Rate quota, long remaining, long reset) {
    return response
        .with(prefix + "Limit", Integer.toString(quota.permits()))
        .with(prefix + "Remaining", Long.toString(remaining))
        .with(prefix + "Reset", Long.toString(reset));
  }

  private static long window(Rate quota) {
    return RetryAfterField.roundedUp(quota.per());
  }

  static QuotaFields parse(String text) {
    try {
      return valueOf(text.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "': allowed are ratelimit, dictionary, separate, x and none", e);
    }
  }
}
