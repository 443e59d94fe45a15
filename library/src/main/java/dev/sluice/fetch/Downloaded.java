package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.journal.ValueNotes;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A download that has succeeded: its file is whole. */
public sealed interface Downloaded {
  /** {@return the file, complete on the disk} */
  SavedFile file();

  /** {@return the hash of the content, if it was computed in this run or an earlier one} */
  Optional<Checksum> checksum();

  /** {@return the status code of the last response; 0 if no request was sent} */
  int status();

  /**
   * {@return what a journal notes of this: the file, its length, its hash, and whether it is {@link
   * Unchanged}}
   */
  default ValueNotes journalNotes() {
    ValueNotes notes = ValueNotes.NONE.withFile(file().path(), file().bytes());
    if (checksum().isPresent()) {
      notes = notes.withDigest(checksum().get().toString());
    }
    return this instanceof Unchanged ? notes.asUnchanged() : notes;
  }

  /**
   * The file was downloaded in this run, or the rest of it.
   *
   * @param file the file
   * @param source the URL that the bytes came from, before redirects
   * @param status 200; 206 after a resume; 416 if all bytes were there already
   * @param fetchedBytes how many bytes of the file came in the attempt that ended it
   * @param resumedAt how many bytes were there before that attempt; 0 for none
   * @param digest null if no hash was computed
   */
  record Fetched(
      SavedFile file,
      URI source,
      int status,
      long fetchedBytes,
      long resumedAt,
      @Nullable Checksum digest)
      implements Downloaded {
    /**
     * Checks for null.
     *
     * @param file not null
     * @param source not null
     * @param status the status code
     * @param fetchedBytes how many bytes came
     * @param resumedAt how many bytes were there before
     * @param digest null if no hash was computed
     */
    public Fetched {
      requireNonNull(file, "file");
      requireNonNull(source, "source");
    }

    @Override
    public Optional<Checksum> checksum() {
      return Optional.ofNullable(digest);
    }
  }

  /**
   * The file of an earlier run is still what the server has.
   *
   * @param file the file
   * @param source the URL that was asked
   * @param status 304; 0 if no request was sent, see {@link Downloads#withTrust}
   * @param digest null if no hash was computed
   */
  record Unchanged(SavedFile file, URI source, int status, @Nullable Checksum digest)
      implements Downloaded {
    /**
     * Checks for null.
     *
     * @param file not null
     * @param source not null
     * @param status the status code
     * @param digest null if no hash was computed
     */
    public Unchanged {
      requireNonNull(file, "file");
      requireNonNull(source, "source");
    }

    @Override
    public Optional<Checksum> checksum() {
      return Optional.ofNullable(digest);
    }
  }
}
