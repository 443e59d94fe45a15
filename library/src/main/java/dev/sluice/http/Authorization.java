package dev.sluice.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Base64;

/**
 * Credentials for the server of a client. The value is in no message: {@link #toString()} names the
 * scheme alone.
 */
public final class Authorization {
  private final String scheme;
  private final String credentials;

  private Authorization(String scheme, String credentials) {
    this.scheme = scheme;
    this.credentials = credentials;
  }

  /**
   * {@return a user and a password (RFC 7617), sent in UTF-8}
   *
   * @param user without a colon, else an {@code IllegalArgumentException}
   * @param password may be empty
   */
  public static Authorization basic(String user, String password) {
    if (requireNonNull(user, "user").indexOf(':') >= 0) {
      throw new IllegalArgumentException("user: must not have a colon");
    }
    byte[] both = (user + ":" + requireNonNull(password, "password")).getBytes(UTF_8);
    return new Authorization("Basic", Base64.getEncoder().encodeToString(both));
  }

  /**
   * {@return a token (RFC 6750)}
   *
   * @param token printable ASCII without spaces, else an {@code IllegalArgumentException} that does
   *     not repeat it
   */
  public static Authorization bearer(String token) {
    boolean valid = requireNonNull(token, "token").chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!valid || token.isEmpty()) {
      throw new IllegalArgumentException("token: must be printable ASCII without spaces");
    }
    return new Authorization("Bearer", token);
  }

  /** The value of the header. */
  String value() {
    return scheme + " " + credentials;
  }

  /** {@return the scheme, without the credentials} */
  @Override
  public String toString() {
    return "Authorization[" + scheme + "]";
  }
}
