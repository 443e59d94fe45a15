package dev.sluice.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.sluice.TerminalText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * A file that is being written from its start to its end, or in several places, over several runs
 * if need be. Beside it lies its record: a text of the writer, which says what the bytes are. Only
 * one process, and in it only one {@code PartialFile}, has the file open at a time.
 *
 * <p>Both have names with the prefix {@code .sluice-}, and are removed when neither was written to
 * for 7 days. The bytes get their final name by {@link #complete}. What a killed process has
 * written stays; after a power loss, bytes of the last seconds may be missing or zero.
 *
 * <p>For one thread at a time. Calls block.
 */
public final class PartialFile implements AutoCloseable {
  private final Folder folder;
  private final FileName name;
  private final Path target;
  private final Path part;
  private final Path record;
  private final LockedFile file;
  private final FileChannel channel;
  private long length;
  private boolean gone;

  private PartialFile(
      Folder folder, FileName name, Path target, Path part, Path record, LockedFile file)
      throws IOException {
    this.folder = folder;
    this.name = name;
    this.target = target;
    this.part = part;
    this.record = record;
    this.file = file;
    this.channel = file.channel();
    this.length = channel.size();
    channel.position(length);
  }

  static PartialFile open(Folder folder, String slot, FileName name) throws IOException {
    // First: a locale may not have the name.
    Path target = folder.path().resolve(name.value());
    Path part = folder.path().resolve(PartialName.part(slot));
    Path record = folder.path().resolve(PartialName.record(slot));
    LockedFile file = LockedFile.open(part, name.value());
    try {
      return new PartialFile(folder, name, target, part, record, file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** {@return how many bytes are there} */
  public long length() {
    return length;
  }

  /**
   * Drops what is there and begins anew.
   *
   * @param text what the bytes will be; empty if they are of no use to a later run
   * @throws DiskException if the disk refuses
   */
  public void begin(String text) throws IOException {
    try {
      // First the bytes: a record must never be beside bytes that it does not describe.
      channel.truncate(0);
      length = 0;
      if (text.isEmpty()) {
        Files.deleteIfExists(record);
      } else {
        folder.placeOnce(record, text.getBytes(UTF_8), null);
      }
    } catch (IOException e) {
      throw failed(text.length(), e);
    }
  }

  /**
   * Writes at the end.
   *
   * @param bytes all that remains in the buffers
   * @throws DiskException if the disk refuses; a part may have been written
   */
  public void append(ByteBuffer... bytes) throws IOException {
    long left = 0;
    for (ByteBuffer buffer : bytes) {
      left += buffer.remaining();
    }
    try {
      while (left > 0) {
        long written = channel.write(bytes);
        length += written;
        left -= written;
      }
    } catch (IOException e) {
      throw failed(left, e);
    }
  }

  /**
   * Writes at a place, which may be behind the end: what lies between is then zero until it is
   * written. The record should say which bytes are there, see {@link #note}.
   *
   * @param bytes all that remains in the buffer
   * @param at the place of the first byte
   * @throws DiskException if the disk refuses; a part may have been written
   */
  public void write(ByteBuffer bytes, long at) throws IOException {
    long next = at;
    try {
      while (bytes.hasRemaining()) {
        next += channel.write(bytes, next);
      }
    } catch (IOException e) {
      throw failed(bytes.remaining(), e);
    } finally {
      length = Math.max(length, next);
    }
  }

  /**
   * Reads bytes that were written. Unlike the other methods, this may be called while another
   * thread writes.
   *
   * @param sink gets the bytes, as many as it has room for
   * @param at the place of the first byte
   * @return how many bytes were read; negative at the end of the file
   * @throws DiskException if the disk refuses
   */
  public int read(ByteBuffer sink, long at) throws IOException {
    try {
      return channel.read(sink, at);
    } catch (IOException e) {
      throw failed(sink.remaining(), e);
    }
  }

  /**
   * Replaces the record, and keeps the bytes.
   *
   * @param text what the bytes are
   * @throws DiskException if the disk refuses; the earlier record stays
   */
  public void note(String text) throws IOException {
    try {
      folder.placeOnce(record, text.getBytes(UTF_8), null);
    } catch (IOException e) {
      throw failed(text.length(), e);
    }
  }

  /**
   * Keeps the first bytes only; {@link #append} goes on behind them.
   *
   * @param bytes how many
   * @throws DiskException if the disk refuses
   */
  public void truncate(long bytes) throws IOException {
    try {
      channel.truncate(bytes);
      length = channel.size();
      channel.position(length);
    } catch (IOException e) {
      throw failed(bytes, e);
    }
  }

  /**
   * Gives the file its final name, which replaces a file of that name, and removes the record.
   *
   * @param modified the modification time of the file
   * @return its path
   * @throws DiskException if the file cannot be moved; the partial file stays
   */
  public Path complete(Instant modified) throws IOException {
    try {
      if (folder.isSynced()) {
        channel.force(true);
      }
      moveToTarget(modified);
      gone = true;
      Files.deleteIfExists(record);
      folder.syncEntries();
      return target;
    } catch (IOException e) {
      throw failed(length, e);
    }
  }

  private void moveToTarget(Instant modified) throws IOException {
    try {
      Files.setLastModifiedTime(part, FileTime.from(modified));
      Files.move(part, target, ATOMIC_MOVE);
    } catch (IOException e) {
      // Or the next run would take the part for one of long ago, and remove it.
      Files.setLastModifiedTime(part, FileTime.from(Instant.now()));
      throw e;
    }
  }

  /** Removes the file and its record. */
  public void discard() {
    gone = true;
    TempFile.discard(part);
    TempFile.discard(record);
  }

  /** Closes the file. The bytes stay for a later run, if there are any. */
  @Override
  public void close() {
    if (length == 0 && !gone) {
      discard();
    }
    file.close();
  }

  private DiskException failed(long bytes, IOException cause) {
    return new DiskException(name, bytes, folder.path(), cause);
  }

  @Override
  public String toString() {
    return "PartialFile[" + TerminalText.escaped(part.toString()) + ", " + length + " bytes]";
  }
}
