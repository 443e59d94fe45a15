package dev.sluice.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The {@linkplain PartialFile partial files} of one folder. Each has a slot: a text that tells it
 * from the others, such as the name that the file will get, or its URL.
 *
 * <p>Thread-safe. Calls block.
 */
public final class PartialFiles {
  private static final int LONGEST_RECORD = 1 << 16;

  private final Folder folder;

  /** Hashes of slots that have a file, or had one. */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  private volatile boolean isListed;

  private PartialFiles(Folder folder) {
    this.folder = folder;
  }

  /**
   * {@return those of a folder, which need not exist}
   *
   * @param folder where the files will be
   */
  public static PartialFiles in(Folder folder) {
    return new PartialFiles(requireNonNull(folder, "folder"));
  }

  /**
   * What is there of a file.
   *
   * @param path where it is
   * @param length in bytes, 1 or more
   * @param record what {@link PartialFile#begin} was told
   */
  public record Found(Path path, long length, String record) {}

  /**
   * {@return whether {@link #find} may find something}
   *
   * <p>The first call lists the folder. Later ones do not access the disk, and know nothing of
   * files that another process has made since.
   *
   * @param slot what tells the file from others
   */
  public boolean mayHave(String slot) {
    if (!isListed) {
      list();
    }
    return !known.isEmpty() && known.contains(PartialName.of(slot));
  }

  /** {@return whether the folder is listed: then {@link #mayHave} does not access the disk} */
  public boolean isListed() {
    return isListed;
  }

  /** Lists the folder, unless it is listed. */
  public synchronized void list() {
    if (isListed) {
      return;
    }
    try (DirectoryStream<Path> parts =
        Files.newDirectoryStream(folder.path(), TempName.PREFIX + "*" + PartialName.PART)) {
      for (Path part : parts) {
        String name = String.valueOf(part.getFileName());
        known.add(name.substring(0, name.length() - PartialName.PART.length()));
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The folder does not exist yet, or cannot be listed: no file is resumed.
    }
    isListed = true;
  }

  /**
   * {@return what an earlier run left of a file, if that has a record}
   *
   * @param slot what tells the file from others
   */
  public Optional<Found> find(String slot) {
    Path part = folder.path().resolve(PartialName.part(slot));
    Path beside = folder.path().resolve(PartialName.record(slot));
    try (InputStream in = Files.newInputStream(beside)) {
      String record = new String(in.readNBytes(LONGEST_RECORD), UTF_8);
      long length = Files.size(part);
      return length == 0 ? Optional.empty() : Optional.of(new Found(part, length, record));
    } catch (IOException e) {
      return Optional.empty(); // Mostly there is none. What cannot be read is of no use.
    }
  }

  /**
   * Opens a partial file, which may have bytes of an earlier run. Creates the folder if it is
   * missing.
   *
   * @param slot what tells the file from others
   * @param name the name that the file will get
   * @return the open file, positioned behind its bytes
   * @throws BusyFileException if it is open already, here or in another process
   * @throws DiskException if the disk refuses
   */
  public PartialFile open(String slot, FileName name) throws IOException {
    try {
      folder.sweepOnce();
      return opened(slot, name);
    } catch (BusyFileException e) {
      throw e;
    } catch (IOException | InvalidPathException e) {
      throw new DiskException(name, 0, folder.path(), e);
    }
  }

  private PartialFile opened(String slot, FileName name) throws IOException {
    known.add(PartialName.of(slot));
    try {
      return PartialFile.open(folder, slot, name);
    } catch (NoSuchFileException e) {
      folder.create();
      return PartialFile.open(folder, slot, name);
    }
  }

  /**
   * Refuses a file for which there is no room.
   *
   * @param name its name
   * @param bytes how many bytes are still to be written
   * @throws DiskException if fewer bytes are free
   */
  public void requireSpace(FileName name, long bytes) throws DiskException {
    long free = Diagnosis.free(Diagnosis.nearest(folder.path()));
    if (free < bytes) {
      IOException cause = new IOException("checked before the first byte");
      throw new DiskException(name, bytes, folder.path(), cause);
    }
  }
}
