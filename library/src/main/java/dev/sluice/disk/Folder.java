package dev.sluice.disk;

import static java.nio.file.StandardOpenOption.READ;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A folder in which every file is complete: {@link #write} fills a temp file in the same folder and
 * then renames it atomically to the final name.
 *
 * <p>A reader sees the earlier file or the new one, never a part. A process that is killed leaves
 * no partial file under a final name, at most temp files ({@code .sluice-….tmp}). The first write
 * of a later run removes temp files that are older than 10 minutes. After a power loss or a crash
 * of the operating system this holds only {@linkplain #withFsync() with fsync}.
 *
 * <p>A write creates the folder and its parents if they are missing. Thread-safe: any number of
 * threads and processes may write to one folder at once; if two write the same name, the later move
 * wins. Calls block, and keep nothing open afterwards.
 *
 * <pre>{@code
 * Folder flags = Folder.at(Path.of("downloaded"));
 * Path saved = flags.write(FileName.of("br.gif"), bytes);
 * }</pre>
 */
public final class Folder {
  // A write is repeated if the folder or the temp file was removed during the write.
  private static final int TRIES = 3;

  private static final boolean DIRECTORIES_CAN_BE_SYNCED =
      !System.getProperty("os.name", "").startsWith("Windows");

  private final Path path;
  private final boolean fsync;
  private final Sweep sweep;

  private Folder(Path path, boolean fsync, Sweep sweep) {
    this.path = path;
    this.fsync = fsync;
    this.sweep = sweep;
  }

  /**
   * A folder at a path, without fsync. Does not access the disk.
   *
   * @param path the folder, which need not exist yet; may be a symbolic link to a folder
   * @return the folder
   * @throws NullPointerException if the path is null
   */
  public static Folder at(Path path) {
    return new Folder(requireNonNull(path, "path"), false, new Sweep());
  }

  /**
   * A copy that survives a power loss: when {@link #write} returns, the content of the file and its
   * directory entry are on the device, unless the device lies about its cache.
   *
   * <p>Without fsync, the default, a file survives a crash of the process. The operating system
   * writes it to the device later, often after 5 to 30 seconds, and may write the directory entry
   * before the content: after a power loss a new file may be missing, empty or cut short. With
   * fsync, the content is forced to the device before the move and the directory entry after it,
   * which waits for the device twice per file. On Windows a directory entry cannot be forced; the
   * journal of the file system protects it.
   *
   * @return the copy, for the same path
   */
  public Folder withFsync() {
    return new Folder(path, true, sweep);
  }

  /**
   * The path as passed to {@link #at}.
   *
   * @return the path
   */
  public Path path() {
    return path;
  }

  /**
   * Writes a complete file or nothing. Replaces a file or symbolic link of that name; the target of
   * the link stays. The array must not change during the call.
   *
   * <p>If the thread is interrupted, the write fails and the thread stays interrupted. A failure
   * leaves the earlier file and no temp file, with one exception: if only the fsync of the folder
   * fails, the new file is in place.
   *
   * @param name the file's name
   * @param content all of its bytes
   * @return the path of the file: this folder's path and the name
   * @throws DiskException if the file cannot be written; the message names file, folder and reason
   * @throws IOException only as a {@code DiskException}
   * @throws NullPointerException if an argument is null
   */
  public Path write(FileName name, byte[] content) throws IOException {
    return written(name, content, null);
  }

  /**
   * Writes as {@link #write(FileName, byte[])}, with a modification time.
   *
   * @param name the file's name
   * @param content all of its bytes
   * @param modified the modification time that the file has when it appears
   * @return the path of the file: this folder's path and the name
   * @throws DiskException if the file cannot be written; the message names file, folder and reason
   * @throws IOException only as a {@code DiskException}
   * @throws NullPointerException if an argument is null
   */
  public Path write(FileName name, byte[] content, Instant modified) throws IOException {
    return written(name, content, FileTime.from(modified));
  }

  private Path written(FileName name, byte[] content, @Nullable FileTime modified)
      throws DiskException {
    requireNonNull(name, "name");
    requireNonNull(content, "content");
    try {
      Path file = path.resolve(name.value());
      sweepOnce();
      place(file, content, modified);
      return file;
    } catch (IOException | InvalidPathException e) {
      throw new DiskException(name, content.length, path, e);
    }
  }

  /**
   * Writes all of a file but its name, as a temp file: {@link StagedFile#place} gives it the name.
   * A {@link #write} is both.
   *
   * @param name the file's name
   * @param content all of its bytes; must not change before the file has its name
   * @param modified the modification time that the file has when it appears
   * @return the file
   * @throws DiskException if the file cannot be written; the message names file, folder and reason
   * @throws IOException only as a {@code DiskException}
   * @throws NullPointerException if an argument is null
   */
  public StagedFile stage(FileName name, byte[] content, Instant modified) throws IOException {
    requireNonNull(name, "name");
    requireNonNull(content, "content");
    FileTime time = FileTime.from(modified);
    try {
      Path file = path.resolve(name.value());
      sweepOnce();
      return new StagedFile(this, name, file, content, time, repeated(() -> filled(content, time)));
    } catch (IOException | InvalidPathException e) {
      throw new DiskException(name, content.length, path, e);
    }
  }

  /**
   * Makes an empty temp file, for a file that is too large for {@link #write}. The caller fills it,
   * and moves it to its final name in this folder or deletes it.
   *
   * <p>No other writer has the same file: it is created exclusively, and a symbolic link is not
   * followed. If the process is killed before, a later run removes it like any temp file, when it
   * has not been written to for 10 minutes.
   *
   * @return the path of the file
   * @throws IOException if the file cannot be made
   */
  public Path newTempFile() throws IOException {
    sweepOnce();
    return repeated(() -> Files.createFile(path.resolve(TempName.next())));
  }

  void sweepOnce() {
    sweep.once(path);
  }

  void place(Path file, byte[] content, @Nullable FileTime modified) throws IOException {
    Path unused =
        repeated(
            () -> {
              placeOnce(file, content, modified);
              return file;
            });
  }

  /**
   * A part of a write.
   *
   * @param <T> the type of its result
   */
  @FunctionalInterface
  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T repeated(Step<T> step) throws IOException {
    for (int left = TRIES - 1; ; left--) {
      try {
        return step.run();
      } catch (NoSuchFileException | FileAlreadyExistsException e) {
        if (left == 0) {
          throw e;
        }
      }
      create();
    }
  }

  void placeOnce(Path file, byte[] content, @Nullable FileTime modified) throws IOException {
    filled(content, modified).move(file);
    syncEntries();
  }

  private TempFile filled(byte[] content, @Nullable FileTime modified) throws IOException {
    return TempFile.filled(path, content, modified, fsync);
  }

  boolean isSynced() {
    return fsync;
  }

  /** After a change of names. */
  void syncEntries() throws IOException {
    if (fsync) {
      sync(path);
    }
  }

  void create() throws IOException {
    Path existing = Diagnosis.nearest(path);
    Files.createDirectories(path);
    Path made = path.toAbsolutePath();
    while (fsync && !made.equals(existing)) {
      made = requireNonNull(made.getParent());
      sync(made);
    }
  }

  private static void sync(Path directory) throws IOException {
    if (DIRECTORIES_CAN_BE_SYNCED) {
      try (FileChannel channel = FileChannel.open(directory, READ)) {
        channel.force(true);
      }
    }
  }

  /** Shows the path, and {@code fsync} if it is on. */
  @Override
  public String toString() {
    return "Folder[" + path + (fsync ? ", fsync]" : "]");
  }
}
