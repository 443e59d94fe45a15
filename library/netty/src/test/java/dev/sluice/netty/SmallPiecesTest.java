package dev.sluice.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.util.Random;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A body that comes in many small pieces, each in a buffer of its own that is read into. */
@Timeout(30)
class SmallPiecesTest {
  private static final int BUFFER = 1 << 10;

  private final PooledByteBufAllocator buffers = new PooledByteBufAllocator(true);
  private final byte[] content = new byte[50_000];
  private final ResponseBytes body =
      new ResponseBytes(new NoConnection(), BufferSizes.of(1 << 30, 1), content.length);

  SmallPiecesTest() {
    new Random(1).nextBytes(content);
  }

  private void add(int from, int count) {
    ByteBuf bytes = buffers.directBuffer(BUFFER);
    bytes.writeBytes(content, from, count);
    body.add(bytes);
    bytes.release();
  }

  @Test
  void waitInFewBuffers() throws IOException {
    for (int i = 0; i < content.length; i++) {
      add(i, 1);
    }
    body.end();
    assertTrue(
        buffers.pinnedDirectMemory() < 4L * content.length,
        () -> buffers.pinnedDirectMemory() + " bytes for " + content.length);
    assertArrayEquals(content, read(content.length));
    assertEquals(-1, body.read(new Buffer(), 1));
    assertEquals(0, buffers.pinnedDirectMemory());
  }

  /** The reader takes a part of a buffer to which more is added. */
  @Test
  void areReadWhileMoreCome() throws IOException {
    Buffer all = new Buffer();
    int from = 0;
    for (int size = 1; from < content.length; size = size % 700 + 1) {
      int count = Math.min(size, content.length - from);
      add(from, count);
      from += count;
      if (size % 3 == 0) {
        all.write(read(Math.min(size, 100)));
      }
    }
    body.end();
    all.write(read(content.length - (int) all.size()));
    assertArrayEquals(content, all.readByteArray());
    assertEquals(0, buffers.pinnedDirectMemory());
  }

  @Test
  void areReleasedWithTheBody() {
    for (int i = 0; i < content.length; i++) {
      add(i, 1);
    }
    body.discard();
    add(0, 1);
    assertEquals(0, buffers.pinnedDirectMemory());
  }

  private byte[] read(int count) throws IOException {
    Buffer read = new Buffer();
    while (read.size() < count) {
      body.read(read, count - read.size());
    }
    return read.readByteArray();
  }
}
