package dev.sluice.http;

import static java.util.Objects.requireNonNull;

/**
 * What a client sends and accepts.
 *
 * @param userAgent the {@code User-Agent} header (RFC 9110, section 10.1.5); printable ASCII
 * @param maxBodyBytes a longer body, once decompressed, is a failure; 1 or more
 */
public record HttpOptions(String userAgent, long maxBodyBytes) {

  /**
   * Refuses what cannot be sent, and a limit that lets nothing in.
   *
   * @param userAgent {@link #userAgent()}
   * @param maxBodyBytes {@link #maxBodyBytes()}
   */
  public HttpOptions {
    requireNonNull(userAgent, "userAgent");
    if (userAgent.isBlank() || !userAgent.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      // The value is not repeated: OkHttp 3.14 does so (CVE-2023-0833), and it may be a secret.
      throw new IllegalArgumentException("userAgent: must be printable ASCII, and not blank");
    }
    if (maxBodyBytes < 1 || maxBodyBytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "maxBodyBytes: " + maxBodyBytes + ", must be from 1 to " + (Integer.MAX_VALUE - 8));
    }
  }

  /** {@return the user agent {@code sluice}, and bodies of at most 16 MiB} */
  public static HttpOptions standard() {
    return new HttpOptions("sluice (Java)", 16L << 20);
  }

  /**
   * {@return a copy with this user agent}
   *
   * @param userAgent printable ASCII
   */
  public HttpOptions withUserAgent(String userAgent) {
    return new HttpOptions(userAgent, maxBodyBytes);
  }

  /**
   * {@return a copy with this limit for a body}
   *
   * @param maxBodyBytes 1 or more
   */
  public HttpOptions withMaxBodyBytes(long maxBodyBytes) {
    return new HttpOptions(userAgent, maxBodyBytes);
  }
}
