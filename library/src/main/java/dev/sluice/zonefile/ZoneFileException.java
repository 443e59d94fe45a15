package dev.sluice.zonefile;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A zone file or a filter that cannot be used. The message names it, and the line if it has one.
 */
public final class ZoneFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one by hand, for a fake.
   *
   * @param message which file, where and why; shown to people as it is
   */
  public ZoneFileException(String message) {
    super(message);
  }

  ZoneFileException(String message, @Nullable Exception cause) {
    super(message, cause);
  }
}
