package dev.sluice.disk;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file with all of its bytes, and without its final name. Calls block.
 *
 * @param path its name of now, in the folder of its final name
 */
record TempFile(Path path) {
  // Exclusive creation: a symbolic link with the name of the temp file is refused, not followed.
  private static final Set<OpenOption> NEW_FILE = Set.of(WRITE, CREATE_NEW);

  // For every thread the JDK keeps an off-heap buffer as large as the thread's largest write.
  private static final int MAX_BYTES_AT_ONCE = 128 * 1024;

  /** Makes the file, or leaves none. */
  static TempFile filled(Path folder, byte[] content, @Nullable FileTime modified, boolean fsync)
      throws IOException {
    TempFile temp = new TempFile(folder.resolve(TempName.next()));
    FileChannel channel = FileChannel.open(temp.path, NEW_FILE);
    boolean filled = false;
    try {
      fill(channel, content, fsync);
      if (modified != null) {
        Files.setLastModifiedTime(temp.path, modified);
      }
      filled = true;
      return temp;
    } finally {
      if (!filled) {
        temp.discard();
      }
    }
  }

  private static void fill(FileChannel channel, byte[] content, boolean fsync) throws IOException {
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

  /** Gives the file its final name; if that fails, there is no temp file any more. */
  void move(Path target) throws IOException {
    boolean moved = false;
    try {
      Files.move(path, target, ATOMIC_MOVE);
      moved = true;
    } finally {
      if (!moved) {
        discard();
      }
    }
  }

  void discard() {
    discard(path);
  }

  /** Removes a file that is of no use, if it can be removed. */
  static void discard(Path temp) {
    try {
      Files.deleteIfExists(temp);
    } catch (IOException e) {
      // The caller gets the failure of the write. A later run removes the temp file.
    }
  }
}
