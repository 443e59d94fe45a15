package dev.sluice.zonefile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.sluice.TerminalText;
import dev.sluice.disk.Folder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The file of a filter: a head of 512 bytes, the blocks, and a CRC-32C of all that. A block is a
 * head of 16 bytes and its fingerprints. The first bits of a hash say which block it is in.
 */
final class FilterFile {
  private static final long MAGIC = 0x534c_5549_4345_5a31L; // SLUICEZ1
  private static final int HEAD_BYTES = 512;
  private static final int BLOCK_HEAD_BYTES = 20;
  private static final int CHECK_BYTES = Long.BYTES;
  private static final int LONGEST_ZONE = 253;
  private static final int BUFFER_BYTES = 1 << 20;

  /** A block has at least half as many hashes, if there are as many. */
  private static final int HASHES_IN_BLOCK = 1 << 20;

  private FilterFile() {}

  /** Writes a file, and opens it before another run can replace it. */
  static ZoneFilter write(ZoneFileReader names, Instant asOf, Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null || path.getFileName() == null) {
      throw new ZoneFileException(path + ": is a folder");
    }
    Folder folder = Folder.at(parent);
    try (HashSpool spool = HashSpool.in(folder.newTempFile())) {
      for (int length = names.next(); length >= 0; length = names.next()) {
        spool.add(NameHash.of(names.name(), length));
      }
      Path part = folder.newTempFile();
      try {
        write(spool, names.apex(), asOf, part);
        ZoneFilter filter = open(part);
        Files.move(part, path, ATOMIC_MOVE);
        return filter;
      } finally {
        // After the move there is no file of this name: no other run has the same.
        Files.deleteIfExists(part);
      }
    }
  }

  private static void write(HashSpool spool, String zone, Instant asOf, Path part)
      throws IOException {
    try (FileChannel file = FileChannel.open(part, READ, WRITE, NOFOLLOW_LINKS)) {
      int blocks = blocks(spool.size(0, HashSpool.PARTS));
      int parts = HashSpool.PARTS / blocks;
      long names = 0;
      long length = HEAD_BYTES;
      for (int block = 0; block < blocks; block++) {
        long[] hashes = spool.read(block * parts, (block + 1) * parts);
        FuseConstruction.Result made = FuseConstruction.of(hashes, hashes.length);
        names += made.hashes();
        length = writeBlock(file, made.filter(), length);
      }
      ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
      head.putLong(MAGIC).putLong(names).putLong(asOf.toEpochMilli()).putInt(blocks);
      head.putInt(zone.length()).put(zone.getBytes(ISO_8859_1)).rewind();
      writeAll(file, head, 0);
      ByteBuffer check = ByteBuffer.allocate(CHECK_BYTES).putLong(0, checksum(file, length));
      writeAll(file, check, length);
      file.force(true);
    }
  }

  private static int blocks(long hashes) {
    int blocks = 1;
    while (blocks < HashSpool.PARTS && hashes / blocks > HASHES_IN_BLOCK) {
      blocks *= 2;
    }
    return blocks;
  }

  /** Writes a block at an offset, and returns where it ends. */
  private static long writeBlock(FileChannel file, FuseFilter filter, long offset)
      throws IOException {
    ByteBuffer fingerprints = filter.fingerprints();
    ByteBuffer head = ByteBuffer.allocate(BLOCK_HEAD_BYTES);
    head.putLong(filter.seed()).putInt(filter.segment()).putInt(filter.span());
    head.putInt(fingerprints.capacity()).flip();
    writeAll(file, head, offset);
    writeAll(file, fingerprints.duplicate().rewind(), offset + BLOCK_HEAD_BYTES);
    return offset + BLOCK_HEAD_BYTES + fingerprints.capacity();
  }

  private static void writeAll(FileChannel file, ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += file.write(bytes, at);
    }
  }

  private static long checksum(FileChannel file, long length) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    for (long at = 0; at < length; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, length - at));
      readAll(file, buffer, at);
      checksum.update(buffer);
    }
    return checksum.getValue();
  }

  /** Fills the buffer and sets its position to 0. */
  private static void readAll(FileChannel file, ByteBuffer buffer, long offset) throws IOException {
    while (buffer.hasRemaining()) {
      if (file.read(buffer, offset + buffer.position()) < 0) {
        throw new ZoneFileException("the file is shorter than its head says");
      }
    }
    buffer.rewind();
  }

  static ZoneFilter open(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, READ)) {
      long length = file.size() - CHECK_BYTES;
      ByteBuffer check = ByteBuffer.allocate(CHECK_BYTES);
      ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
      if (length < HEAD_BYTES) {
        throw damaged(path, "too short");
      }
      readAll(file, head, 0);
      if (head.getLong() != MAGIC) {
        throw damaged(path, "not made by ZoneFilter.write");
      }
      readAll(file, check, length);
      if (check.getLong(0) != checksum(file, length)) {
        throw damaged(path, "its checksum is wrong");
      }
      return read(file, head, length);
    }
  }

  private static ZoneFilter read(FileChannel file, ByteBuffer head, long length)
      throws IOException {
    long names = head.getLong();
    Instant asOf = Instant.ofEpochMilli(head.getLong());
    int blocks = head.getInt();
    byte[] zone = new byte[Math.min(head.getInt(), LONGEST_ZONE)];
    head.get(zone);
    List<FuseFilter> filters = new ArrayList<>();
    long at = HEAD_BYTES;
    ByteBuffer blockHead = ByteBuffer.allocate(BLOCK_HEAD_BYTES);
    for (int block = 0; block < blocks; block++) {
      readAll(file, blockHead.clear(), at);
      long seed = blockHead.getLong();
      int segment = blockHead.getInt();
      int span = blockHead.getInt();
      int slots = blockHead.getInt();
      at += BLOCK_HEAD_BYTES;
      filters.add(
          new FuseFilter(seed, segment, span, file.map(FileChannel.MapMode.READ_ONLY, at, slots)));
      at += slots;
    }
    return new ZoneFilter(new String(zone, ISO_8859_1), names, asOf, length + CHECK_BYTES, filters);
  }

  private static ZoneFileException damaged(Path path, String reason) {
    return new ZoneFileException(
        TerminalText.escaped(path.toString()) + ": no filter of a zone: " + reason);
  }
}
