package dev.sluice.disk;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * A file of a {@link Folder} that is written, and does not have its name yet: {@link #place} gives
 * it that. Until then it is a temp file, which {@link #close} removes.
 *
 * <p>For a writer that has to do something between the two, or for many files at once. For one
 * thread at a time. Calls block.
 */
public final class StagedFile implements AutoCloseable {
  private final Folder folder;
  private final FileName name;
  private final Path file;
  private final byte[] content;
  private final FileTime modified;
  private final TempFile temp;
  private boolean isOver;

  StagedFile(
      Folder folder, FileName name, Path file, byte[] content, FileTime modified, TempFile temp) {
    this.folder = folder;
    this.name = name;
    this.file = file;
    this.content = content;
    this.modified = modified;
    this.temp = temp;
  }

  /**
   * Gives the file its name, which replaces a file or symbolic link of that name. To be called
   * once.
   *
   * @return the path of the file: that of the folder and the name
   * @throws DiskException if the file cannot be moved; there is no temp file any more
   * @throws IOException only as a {@code DiskException}
   */
  public Path place() throws IOException {
    isOver = true;
    try {
      try {
        temp.move(file);
        folder.syncEntries();
      } catch (NoSuchFileException e) {
        // The folder or the temp file was removed.
        folder.place(file, content, modified);
      }
      return file;
    } catch (IOException e) {
      throw new DiskException(name, content.length, folder.path(), e);
    }
  }

  /** Removes the temp file, unless {@link #place} was called. */
  @Override
  public void close() {
    if (!isOver) {
      isOver = true;
      temp.discard();
    }
  }

  @Override
  public String toString() {
    return "StagedFile[" + name + ", " + content.length + " bytes]";
  }
}
