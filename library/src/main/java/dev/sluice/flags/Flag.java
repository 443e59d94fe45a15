package dev.sluice.flags;

import static java.util.Objects.requireNonNull;

/**
 * A flag in memory.
 *
 * @param code of which country
 * @param gif the image, a whole GIF; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Flags are not compared, and copies would cost.
public record Flag(CountryCode code, byte[] gif) {
  /**
   * Checks for null.
   *
   * @param code not null
   * @param gif not null
   */
  public Flag {
    requireNonNull(code, "code");
    requireNonNull(gif, "gif");
  }
}
