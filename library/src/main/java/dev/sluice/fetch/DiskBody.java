package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.disk.FileName;
import dev.sluice.disk.PartialFile;
import dev.sluice.disk.PartialFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** The partial file of one attempt: all its work is done on the disk scheduler. */
final class DiskBody implements AutoCloseable {
  private final DiskQueue disk;
  private final StallClock clock;
  private final ByteProgress progress;
  private final BodyBuffers buffers;

  /** Used by disk tasks; the network thread sees it after one of them. */
  private volatile @Nullable PartialFile file;

  /** Whether a disk task opens the file, or has opened it. */
  private boolean isOpened;

  /** Whether the bytes are of use to a later attempt. */
  private volatile boolean isKept;

  DiskBody(DiskQueue disk, StallClock clock, ByteProgress progress, BodyBuffers buffers) {
    this.disk = disk;
    this.clock = clock;
    this.progress = progress;
    this.buffers = buffers;
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

  /** How many bytes a file of this length has that is to be begun anew. */
  long replaced(PartialFiles partials, String slot, long length) throws IOException {
    return length == 0
        ? 0
        : disk.call(
            () ->
                partials
                    .find(slot)
                    .map(found -> PartRecord.bytesIn(found.record(), length))
                    .orElse(0L));
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

  /** Drops what lies behind a gap. */
  void cut(Resume resume) throws IOException {
    if (resume.record().spans() == null) {
      return;
    }
    disk.call(
        () -> {
          opened().truncate(resume.have());
          opened().note(resume.record().with(null).json());
          return resume;
        });
  }

  /** The file, to be written in several places. */
  SegmentedFile inSegments(PartRecord record, Segments segments) {
    return new SegmentedFile(disk, opened(), record.with(null), segments);
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
    HandOver out = new HandOver(disk, opened()::append, clock, buffers);
    long limit = most == Long.MAX_VALUE ? most : most + 1;
    long copied = new BodyCopy(out, clock, progress).copy(body, digest, most, limit);
    return copied > most ? -1 : copied;
  }

  /** Gives the file its name, after its record. */
  Path complete(FinishedFile finished, FinishedFiles all) throws IOException {
    return disk.call(
        () -> {
          long written = opened().length();
          if (written != finished.bytes()) {
            discard();
            throw new IOException(
                finished.bytes() + " bytes came, and " + written + " are written");
          }
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
