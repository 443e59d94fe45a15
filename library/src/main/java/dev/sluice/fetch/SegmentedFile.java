package dev.sluice.fetch;

import dev.sluice.disk.PartialFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The partial file of a download in segments, and its record, which says what is there: never more
 * than that. All is written by disk tasks, one after another.
 */
final class SegmentedFile {
  /** A killed run loses at most this many bytes of the file, and the buffers. */
  private static final long NOTED_BYTES = 8L << 20;

  private static final int STEP = 64 << 10;

  private final DiskQueue disk;
  private final PartialFile file;
  private final PartRecord record;
  private final Segments segments;

  /** Bytes that the record does not have. Used by disk tasks. */
  private long unnoted;

  /**
   * Takes an open file.
   *
   * @param disk runs the tasks
   * @param record without spans
   * @param segments those of the file
   */
  SegmentedFile(DiskQueue disk, PartialFile file, PartRecord record, Segments segments) {
    this.disk = disk;
    this.file = file;
    this.record = record;
    this.segments = segments;
  }

  DiskQueue disk() {
    return disk;
  }

  /** What the bytes are, without the spans. */
  PartRecord record() {
    return record;
  }

  Segments segments() {
    return segments;
  }

  /** Before the first byte behind a gap: what reads the record must know that there are gaps. */
  void begin() throws IOException {
    disk.call(this::noted);
  }

  /** No later write of this attempt counts. */
  void end() {
    disk.add(
        () -> {
          try {
            SegmentedFile unused = noted();
          } catch (IOException e) {
            // The earlier record is true, too: it has fewer bytes.
            return;
          }
        });
  }

  private SegmentedFile noted() throws IOException {
    file.note(record.with(segments.spans()).json());
    unnoted = 0;
    return this;
  }

  /** Takes the bytes of a segment from this place on. */
  HandOver.Output output(Segment segment, long from) {
    return new Output(segment, from);
  }

  /** What was written of a segment counts, and another response may bring the rest. */
  void leave(Segment segment) throws IOException {
    disk.call(
        () -> {
          segments.leave(segment);
          return segment;
        });
  }

  /** Shows bytes that are there to a digest. */
  void hash(long from, long to, MessageDigest digest) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(STEP);
    long at = from;
    while (at < to) {
      buffer.clear().limit((int) Math.min(STEP, to - at));
      int read = file.read(buffer, at);
      if (read < 0) {
        throw new IOException("the file was cut at byte " + at);
      }
      digest.update(buffer.flip());
      at += read;
    }
  }

  private final class Output implements HandOver.Output {
    private final Segment segment;
    private long next;

    Output(Segment segment, long from) {
      this.segment = segment;
      this.next = from;
    }

    @Override
    public void write(ByteBuffer... bytes) throws IOException {
      for (ByteBuffer buffer : bytes) {
        int count = buffer.remaining();
        file.write(buffer, next);
        next += count;
        segments.written(segment, next);
        unnoted += count;
      }
      if (unnoted >= NOTED_BYTES) {
        SegmentedFile unused = noted();
      }
    }
  }
}
