package dev.sluice.zonefile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Hashes in a file, in 256 parts by their first 8 bits, so that one part after the other fits in
 * memory. A part is a list of chunks in the file.
 */
final class HashSpool implements AutoCloseable {
  static final int PARTS = 256;
  private static final int PART_SHIFT = Long.SIZE - 8;
  private static final int CHUNK_BYTES = 64 << 10;

  private final FileChannel file;
  private final List<List<Long>> chunks = new ArrayList<>();
  private final List<ByteBuffer> open = new ArrayList<>();
  private long end;

  private HashSpool(FileChannel file) {
    this.file = file;
    for (int i = 0; i < PARTS; i++) {
      chunks.add(new ArrayList<>());
      open.add(ByteBuffer.allocate(CHUNK_BYTES));
    }
  }

  /** A spool in an empty file, which is removed when the spool is closed. */
  static HashSpool in(Path path) throws IOException {
    return new HashSpool(
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE,
            LinkOption.NOFOLLOW_LINKS));
  }

  void add(long hash) throws IOException {
    int part = (int) (hash >>> PART_SHIFT);
    ByteBuffer buffer = open.get(part);
    if (!buffer.hasRemaining()) {
      buffer.flip();
      chunks.get(part).add(end);
      while (buffer.hasRemaining()) {
        end += file.write(buffer, end);
      }
      buffer.clear();
    }
    buffer.putLong(hash);
  }

  /** How many hashes are in these parts. */
  long size(int from, int to) {
    long bytes = 0;
    for (int part = from; part < to; part++) {
      bytes += (long) chunks.get(part).size() * CHUNK_BYTES + open.get(part).position();
    }
    return bytes / Long.BYTES;
  }

  /** The hashes of these parts. */
  long[] read(int from, int to) throws IOException {
    long[] hashes = new long[Math.toIntExact(size(from, to))];
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    int at = 0;
    for (int part = from; part < to; part++) {
      for (long offset : chunks.get(part)) {
        chunk.clear();
        while (chunk.hasRemaining()) {
          int count = file.read(chunk, offset + chunk.position());
          if (count < 0) {
            throw new ZoneFileException("the file of hashes was cut off");
          }
        }
        at = copy(chunk.flip(), hashes, at);
      }
      at = copy(open.get(part).duplicate().flip(), hashes, at);
    }
    return hashes;
  }

  private static int copy(ByteBuffer from, long[] to, int at) {
    int count = from.remaining() / Long.BYTES;
    from.asLongBuffer().get(to, at, count);
    return at + count;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
