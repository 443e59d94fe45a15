package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.disk.FileName;
import dev.sluice.disk.PartialFile;
import dev.sluice.disk.PartialFiles;
import dev.sluice.http.BodyReader;
import dev.sluice.http.BulkSource;
import dev.sluice.http.LentBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** The partial file of one attempt: all its work is done on the disk scheduler. */
final class DiskBody implements AutoCloseable {
  private final DiskQueue disk;
  private final StallClock clock;
  private final ByteProgress progress;

  /** Used by disk tasks; the network thread sees it after one of them. */
  private volatile @Nullable PartialFile file;

  /** Whether a disk task opens the file, or has opened it. */
  private boolean isOpened;

  /** Whether the bytes are of use to a later attempt. */
  private volatile boolean isKept;

  DiskBody(DiskQueue disk, StallClock clock, ByteProgress progress) {
    this.disk = disk;
    this.clock = clock;
    this.progress = progress;
  }

  /** Opens the file; returns its length. */
  long open(PartialFiles partials, String slot, FileName name) throws IOException {
    isKept = true;
    isOpened = true;
    return disk.call(
        () -> {
          PartialFile opened = partials.open(slot, name);
          file = opened;
          return opened.length();
        });
  }

  /** Begins the file anew. */
  void begin(PartRecord record) throws IOException {
    isKept = record.isResumable();
    disk.call(
        () -> {
          opened().begin(record.isResumable() ? record.json() : "");
          return record;
        });
  }

  private PartialFile opened() {
    return requireNonNull(file, "the file is not open");
  }

  /**
   * Writes a body.
   *
   * @param digest gets the same bytes
   * @param most at most this many bytes
   * @return how many bytes came; negative if there were more
   */
  long copy(ResponseBody body, @Nullable MessageDigest digest, long most) throws IOException {
    HandOver out = new HandOver(disk, opened(), clock);
    long copied = 0;
    boolean isOpen = true;
    while (isOpen && copied <= most) {
      out.await();
      BulkSource lender = BodyReader.lender(body);
      long before = copied;
      copied +=
          lender == null
              ? fill(body, out, digest, most - copied)
              : borrow(lender, out, digest, most - copied);
      isOpen = copied > before;
    }
    clock.pause();
    out.flush();
    return copied > most ? -1 : copied;
  }

  /** Hands on one buffer; returns how many bytes came, at most one more than these. */
  private long fill(ResponseBody body, HandOver out, @Nullable MessageDigest digest, long most)
      throws IOException {
    byte[] buffer = out.buffer();
    int filled = 0;
    try {
      int read = 0;
      while (read >= 0 && filled < buffer.length) {
        read = BodyReader.bytes(body, buffer, filled, buffer.length - filled);
        filled += Math.max(read, 0);
        came(Math.max(read, 0));
      }
    } finally {
      // Also what came before an error: the next attempt goes on behind it.
      int own = (int) Math.min(filled, most);
      if (digest != null) {
        digest.update(buffer, 0, own);
      }
      out.write(buffer, own);
    }
    return filled;
  }

  /** Hands on bytes as they lie; returns how many came, at most one more than these. */
  private long borrow(BulkSource lender, HandOver out, @Nullable MessageDigest digest, long most)
      throws IOException {
    LentBytes lent = lender.lend((int) Math.max(1, Math.min(most, HandOver.LENT_BYTES)));
    if (lent == null) {
      return 0;
    }
    int size = lent.size();
    came(size);
    if (size > most) {
      lent.release();
      return size;
    }
    if (digest != null) {
      for (ByteBuffer buffer : lent.buffers()) {
        digest.update(buffer.duplicate());
      }
    }
    out.write(lent);
    return size;
  }

  private void came(int bytes) {
    clock.progress();
    progress.received(bytes);
  }

  /** Gives the file its name, after its record. */
  Path complete(FinishedFile finished, FinishedFiles all) throws IOException {
    return disk.call(
        () -> {
          all.add(finished);
          return opened().complete(finished.modified());
        });
  }

  /** The bytes are wrong. */
  void discard() {
    isKept = false;
  }

  /** Closes the file, and waits for that unless the thread is interrupted. */
  @Override
  public void close() throws IOException {
    if (!isOpened) {
      return;
    }
    disk.call(
        () -> {
          PartialFile opened = file;
          if (opened != null) {
            if (!isKept) {
              opened.discard();
            }
            opened.close();
          }
          return disk;
        });
  }
}
