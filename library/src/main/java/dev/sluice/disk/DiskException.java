package dev.sluice.disk;

import static java.util.Objects.requireNonNull;

import dev.sluice.TerminalText;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file could not be written. The message names the file, the folder and the reason, for example
 * {@code br.gif: cannot write 10240 bytes to /data/flags: /data is a file, not a folder (Not a
 * directory)}; the text in brackets comes from the operating system. The message has no control
 * characters. Neither the message nor the cause is null.
 */
public final class DiskException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one by hand, for a fake of a disk that refuses.
   *
   * @param message which file, where and why; shown to people as it is
   * @param cause what the system said
   */
  public DiskException(String message, Exception cause) {
    super(requireNonNull(message, "message"), requireNonNull(cause, "cause"));
  }

  DiskException(FileName name, long bytes, Path folder, Exception cause) {
    super(
        name
            + ": cannot write "
            + bytes
            + " bytes to "
            + TerminalText.escaped(folder.toAbsolutePath().toString())
            + ": "
            + Diagnosis.of(name, bytes, folder, cause),
        cause);
  }
}
