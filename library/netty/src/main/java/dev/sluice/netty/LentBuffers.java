package dev.sluice.netty;

import dev.sluice.http.LentBytes;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;

/** Bytes in buffers of Netty. */
final class LentBuffers implements LentBytes {
  private final List<ByteBuf> pieces;
  private final ByteBuffer[] buffers;

  private LentBuffers(List<ByteBuf> pieces, ByteBuffer[] buffers) {
    this.pieces = pieces;
    this.buffers = buffers;
  }

  /** The pieces are released with these. */
  static LentBuffers of(List<ByteBuf> pieces) {
    ByteBuffer[] buffers = new ByteBuffer[pieces.size()];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = pieces.get(i).nioBuffer();
    }
    return new LentBuffers(pieces, buffers);
  }

  @Override
  public ByteBuffer[] buffers() {
    return buffers;
  }

  @Override
  public void release() {
    pieces.forEach(ByteBuf::release);
  }
}
