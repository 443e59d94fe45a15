package dev.sluice.disk;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/**
 * A folder in which every file is whole: {@link #write} fills a temp file beside the final name and
 * moves it there in one step.
 *
 * <p>A reader sees the earlier file or the new one, never a part. A process that is killed at any
 * moment leaves no half file under a final name, at most a temp file ({@code .sluice-….tmp}), which
 * the first write of a later run removes once it is 10 minutes old. After a power loss or a crash
 * of the system the same holds only {@linkplain #withFsync() with fsync}.
 *
 * <p>The folder is created, with its parents, when a write finds it missing. Any number of threads
 * and processes may write to it at once; of two files under one name the last to be moved stays.
 * Calls block; nothing is held open between them.
 *
 * <pre>{@code
 * Folder flags = Folder.at(Path.of("downloaded"));
 * Path saved = flags.write(FileName.of("br.gif"), bytes);
 * }</pre>
 */
public final class Folder {
  // A write is tried again when the folder or the temp file was removed under it.
  private static final int TRIES = 3;

  // Exclusive creation: a symbolic link planted under the temp name is refused, not followed.
  private static final Set<OpenOption> NEW_FILE = Set.of(WRITE, CREATE_NEW);

  // The JDK keeps a buffer outside the heap, as large as the largest write, for every thread.
  private static final int MAX_BYTES_AT_ONCE = 128 * 1024;

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
   * A folder at a path, without fsync. Touches nothing on disk yet.
   *
   * @param path where the folder is or will be; a symbolic link to a folder will do
   * @return the folder
   * @throws NullPointerException if the path is null
   */
  public static Folder at(Path path) {
    return new Folder(requireNonNull(path, "path"), false, new Sweep());
  }

  /**
   * A copy that survives a power loss: when {@link #write} returns, the file and its name are on
   * the device, as far as the device itself is honest.
   *
   * <p>Without fsync, the default, a file survives the crash of the process, but the system writes
   * it to the device when it sees fit (often after some 5 to 30 seconds), and may write the name
   * before the content: after a power loss a new file may be missing, empty or cut short. With it,
   * the content is forced to the device before the move, and the folder's entry after it. That
   * costs two waits for the device per file. On Windows a folder's entry cannot be forced, and is
   * left to the journal of the file system.
   *
   * @return the copy, for the same path
   */
  public Folder withFsync() {
    return new Folder(path, true, sweep);
  }

  /**
   * Where the folder is, as given.
   *
   * @return the path
   */
  public Path path() {
    return path;
  }

  /**
   * Writes a file whole or not at all, in place of whatever file or symbolic link has that name
   * (the link goes; what it leads to stays). The array must not change meanwhile.
   *
   * <p>If the thread is interrupted the write fails and the thread stays interrupted. After a
   * failure no temp file is left, and the earlier file is; unless it was only the fsync of the
   * folder that failed, when the new file is in place.
   *
   * @param name the file's name
   * @param content all of its bytes
   * @return the path of the file: this folder's path and the name
   * @throws DiskException if the file cannot be written; the message says which, where and why
   * @throws IOException never another than that
   * @throws NullPointerException if an argument is null
   */
  public Path write(FileName name, byte[] content) throws IOException {
    requireNonNull(name, "name");
    requireNonNull(content, "content");
    try {
      Path file = path.resolve(name.value());
      sweep.once(path);
      place(file, content);
      return file;
    } catch (IOException | InvalidPathException e) {
      throw new DiskException(name, content, path, e);
    }
  }

  private void place(Path file, byte[] content) throws IOException {
    for (int left = TRIES - 1; ; left--) {
      try {
        placeOnce(file, content);
        return;
      } catch (NoSuchFileException | FileAlreadyExistsException e) {
        if (left == 0) {
          throw e;
        }
      }
      create();
    }
  }

  private void placeOnce(Path file, byte[] content) throws IOException {
    Path temp = path.resolve(TempName.next());
    boolean moved = false;
    FileChannel channel = FileChannel.open(temp, NEW_FILE);
    try {
      fill(channel, content);
      Files.move(temp, file, ATOMIC_MOVE);
      moved = true;
    } finally {
      if (!moved) {
        discard(temp);
      }
    }
    if (fsync) {
      sync(path);
    }
  }

  private void fill(FileChannel channel, byte[] content) throws IOException {
    try (channel) {
      int written = 0;
      while (written < content.length) {
        int length = Math.min(content.length - written, MAX_BYTES_AT_ONCE);
        written += channel.write(ByteBuffer.wrap(content, written, length));
      }
      if (fsync) {
        channel.force(true);
      }
    }
  }

  private static void discard(Path temp) {
    try {
      Files.deleteIfExists(temp);
    } catch (IOException e) {
      // The failure of the write is the one to tell; a later run sweeps the temp file.
    }
  }

  private void create() throws IOException {
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

  /** The path, and whether fsync is on. */
  @Override
  public String toString() {
    return "Folder[" + path + (fsync ? ", fsync]" : "]");
  }
}
