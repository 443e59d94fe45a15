package dev.sluice.journal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What of a value goes into a journal.
 *
 * <pre>{@code
 * ValueNotes notes = ValueNotes.NONE.withFile(saved.path(), saved.bytes());
 * }</pre>
 *
 * @param bytes how long it is; -1 for as many bytes as were received
 * @param file the file that has it; a key is done while a file of that length is there; null for
 *     none
 * @param digest its checksum, such as {@code sha-256=…}; null for none
 * @param rcode what the server said, such as {@code NXDOMAIN}; null for none
 * @param isUnchanged whether the value of an earlier run was still right
 * @param error why the value settles nothing, so that the line is that of a failure; null for a
 *     value that does
 */
public record ValueNotes(
    long bytes,
    @Nullable String file,
    @Nullable String digest,
    @Nullable String rcode,
    boolean isUnchanged,
    @Nullable JournalError error) {
  /** Nothing. */
  public static final ValueNotes NONE = new ValueNotes(-1, null, null, null, false);

  /**
   * Notes of a value that settles its key.
   *
   * @param bytes how long it is, or -1
   * @param file the file that has it, or null
   * @param digest its checksum, or null
   * @param rcode what the server said, or null
   * @param isUnchanged whether the value of an earlier run was still right
   */
  public ValueNotes(
      long bytes,
      @Nullable String file,
      @Nullable String digest,
      @Nullable String rcode,
      boolean isUnchanged) {
    this(bytes, file, digest, rcode, isUnchanged, null);
  }

  /**
   * {@return a copy with this length}
   *
   * @param bytes 0 or more
   */
  public ValueNotes withBytes(long bytes) {
    return new ValueNotes(bytes, file, digest, rcode, isUnchanged, error);
  }

  /**
   * {@return a copy with this file, by its absolute path: the next run may have another folder}
   *
   * @param file the file that has the value
   * @param bytes its length
   */
  public ValueNotes withFile(Path file, long bytes) {
    String absolute = file.toAbsolutePath().toString();
    return new ValueNotes(bytes, absolute, digest, rcode, isUnchanged, error);
  }

  /**
   * {@return a copy with this checksum}
   *
   * @param digest algorithm and value, such as {@code sha-256=…}
   */
  public ValueNotes withDigest(String digest) {
    requireNonNull(digest, "digest");
    return new ValueNotes(bytes, file, digest, rcode, isUnchanged, error);
  }

  /**
   * {@return a copy with what the server said}
   *
   * @param rcode such as {@code NXDOMAIN}
   */
  public ValueNotes withRcode(String rcode) {
    requireNonNull(rcode, "rcode");
    return new ValueNotes(bytes, file, digest, rcode, isUnchanged, error);
  }

  /** {@return a copy that says that the value of an earlier run was still right} */
  public ValueNotes asUnchanged() {
    return new ValueNotes(bytes, file, digest, rcode, true, error);
  }

  /**
   * {@return a copy that says that the value settles nothing: the line is that of a failure, so the
   * next run asks for the key again}
   *
   * @param cause why; the key is worth another attempt unless the cause says otherwise
   */
  public ValueNotes asFailure(IOException cause) {
    return new ValueNotes(bytes, file, digest, rcode, isUnchanged, JournalError.of(cause));
  }
}
