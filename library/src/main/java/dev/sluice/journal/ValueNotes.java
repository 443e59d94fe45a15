package dev.sluice.journal;

import static java.util.Objects.requireNonNull;

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
 */
public record ValueNotes(
    long bytes,
    @Nullable String file,
    @Nullable String digest,
    @Nullable String rcode,
    boolean isUnchanged) {
  /** Nothing. */
  public static final ValueNotes NONE = new ValueNotes(-1, null, null, null, false);

  /**
   * {@return a copy with this length}
   *
   * @param bytes 0 or more
   */
  public ValueNotes withBytes(long bytes) {
    return new ValueNotes(bytes, file, digest, rcode, isUnchanged);
  }

  /**
   * {@return a copy with this file, by its absolute path: the next run may have another folder}
   *
   * @param file the file that has the value
   * @param bytes its length
   */
  public ValueNotes withFile(Path file, long bytes) {
    String absolute = file.toAbsolutePath().toString();
    return new ValueNotes(bytes, absolute, digest, rcode, isUnchanged);
  }

  /**
   * {@return a copy with this checksum}
   *
   * @param digest algorithm and value, such as {@code sha-256=…}
   */
  public ValueNotes withDigest(String digest) {
    requireNonNull(digest, "digest");
    return new ValueNotes(bytes, file, digest, rcode, isUnchanged);
  }

  /**
   * {@return a copy with what the server said}
   *
   * @param rcode such as {@code NXDOMAIN}
   */
  public ValueNotes withRcode(String rcode) {
    requireNonNull(rcode, "rcode");
    return new ValueNotes(bytes, file, digest, rcode, isUnchanged);
  }

  /** {@return a copy that says that the value of an earlier run was still right} */
  public ValueNotes asUnchanged() {
    return new ValueNotes(bytes, file, digest, rcode, true);
  }
}
