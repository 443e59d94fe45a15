package dev.sluice.flags;

import static java.util.Objects.requireNonNull;

/**
 * A flag in memory.
 *
 * @param code whose
 * @param gif the image, a whole GIF; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, copied never.
public record Flag(CountryCode code, byte[] gif) {
  /**
   * Refuses null.
   *
   * @param code {@link #code()}
   * @param gif {@link #gif()}
   */
  public Flag {
    requireNonNull(code, "code");
    requireNonNull(gif, "gif");
  }
}
