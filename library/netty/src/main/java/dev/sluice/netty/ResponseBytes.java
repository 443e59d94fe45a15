package dev.sluice.netty;

import dev.sluice.http.BulkSource;
import dev.sluice.http.LentBytes;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import okio.Buffer;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The body of one response, between the event loop and the thread that reads it. The connection is
 * not read from while too many bytes lie here.
 */
final class ResponseBytes implements BulkSource {
  /** From here on, a reader waits for a step: to wake it for each record of TLS costs more. */
  private static final int LONG = 1 << 20;

  /** But no longer than this: the body may flow slowly. */
  private static final int STEP_MILLIS = 1;

  /** So many bytes without a reader are dropped, to save the connection for another request. */
  private static final int DROPPED = 64 << 10;

  /** What the body asks of its connection. */
  interface Connection {
    /** The connection is read from while this is true; asked again on its event loop. */
    void read(BooleanSupplier isOn);

    /** Ends the connection, if it still serves this response. */
    void end();

    /** Ends the connection unless the response ends soon. */
    void endSoon();
  }

  private final Connection connection;
  private final BufferSizes sizes;
  private final long unpaused;

  // Guarded by this.
  private final Queue<ByteBuf> arrived = new ArrayDeque<>();

  /** The last that arrived, if more bytes may be written to it. */
  private @Nullable ByteBuf last;

  private long size;
  private long added;
  private boolean isAwaited;
  private boolean isStepAwaited;
  private boolean paused;
  private boolean whole;
  private boolean closed;
  private long dropped;
  private @Nullable IOException failure;

  /**
   * An empty body.
   *
   * @param sizes how many bytes lie here
   * @param unpaused so many bytes are received without a reader
   */
  ResponseBytes(Connection connection, BufferSizes sizes, long unpaused) {
    this.connection = connection;
    this.sizes = sizes;
    this.unpaused = unpaused;
  }

  /** Adds bytes; returns how many lie here. */
  synchronized long add(ByteBuf bytes) {
    if (closed || failure != null) {
      drop(bytes.readableBytes());
      return size;
    }
    keep(bytes);
    size += bytes.readableBytes();
    added += bytes.readableBytes();
    if (size > Math.max(sizes.waiting(), unpaused) && !paused) {
      paused = true;
      connection.read(this::isUnpaused);
    }
    if (size >= sizes.step()) {
      wake();
    }
    return size;
  }

  /** A piece keeps all of its buffer, so small ones are copied into one buffer. */
  private void keep(ByteBuf bytes) {
    int count = bytes.readableBytes();
    if (arrived.isEmpty() || count >= BufferSizes.LEAST_READ) {
      arrived.add(bytes.retain());
      last = null;
      return;
    }
    ByteBuf shared = last;
    if (shared == null || shared.maxWritableBytes() < count) {
      shared = bytes.alloc().directBuffer(BufferSizes.LEAST_READ, BufferSizes.LEAST_READ);
      arrived.add(shared);
      last = shared;
    }
    shared.writeBytes(bytes, bytes.readerIndex(), count);
  }

  private void drop(int count) {
    dropped += count;
    if (dropped > DROPPED) {
      connection.end();
    }
  }

  /** No more bytes are at hand. */
  synchronized void flush() {
    if (size > 0 && !isStepAwaited) {
      wake();
    }
  }

  private void wake() {
    if (isAwaited) {
      isAwaited = false;
      notifyAll();
    }
  }

  /** The last byte has come. */
  synchronized void end() {
    whole = true;
    wake();
  }

  /** No more bytes come; does nothing if the body is whole. */
  synchronized void fail(IOException cause) {
    if (!whole && failure == null) {
      failure = cause;
      wake();
    }
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    ByteBuf piece = take((int) Math.min(byteCount, Integer.MAX_VALUE));
    if (piece == null) {
      return -1;
    }
    try {
      return sink.write(piece.nioBuffer());
    } finally {
      piece.release();
    }
  }

  @Override
  public @Nullable LentBytes lend(int most) throws IOException {
    List<ByteBuf> pieces = new ArrayList<>();
    synchronized (this) {
      int left = Math.min(most, sizes.step());
      while (left > 0 && (size > 0 || pieces.isEmpty())) {
        ByteBuf piece = take(left);
        if (piece == null) {
          return null;
        }
        pieces.add(piece);
        left -= piece.readableBytes();
      }
    }
    return LentBuffers.of(pieces);
  }

  /** Bytes in one piece, which the event loop does not wait for; null at the end. */
  private synchronized @Nullable ByteBuf take(int most) throws IOException {
    if (size == 0) {
      await();
    }
    if (size == 0) {
      if (failure != null) {
        throw failure;
      }
      if (closed) {
        throw new IOException("closed");
      }
      return null;
    }
    ByteBuf piece = first(most);
    size -= piece.readableBytes();
    if (paused && size < sizes.few()) {
      paused = false;
      connection.read(this::isUnpaused);
    }
    return piece;
  }

  private void await() throws IOException {
    try {
      boolean isLate = false;
      while (!isOver() && (size == 0 || (added > LONG && size < sizes.step() && !isLate))) {
        isAwaited = true;
        isStepAwaited = size > 0;
        isLate = isStepAwaited;
        wait(isStepAwaited ? STEP_MILLIS : 0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      isAwaited = false;
      isStepAwaited = false;
    }
  }

  private boolean isOver() {
    return whole || closed || failure != null;
  }

  private ByteBuf first(int most) {
    ByteBuf first = arrived.element();
    if (first.readableBytes() > most) {
      return first.readRetainedSlice(most);
    }
    if (arrived.size() == 1) {
      last = null; // The reader has it now.
    }
    return arrived.remove();
  }

  private synchronized boolean isUnpaused() {
    return !paused;
  }

  @Override
  public Timeout timeout() {
    return Timeout.NONE;
  }

  @Override
  public void close() {
    boolean isLeft;
    synchronized (this) {
      isLeft = !whole && failure == null && !closed;
      if (isLeft) {
        drop((int) Math.min(size, Integer.MAX_VALUE));
      }
      discard();
    }
    if (isLeft) {
      connection.endSoon();
    }
  }

  /** The bytes have no reader. */
  synchronized void discard() {
    closed = true;
    size = 0;
    arrived.forEach(ByteBuf::release);
    arrived.clear();
    last = null;
    if (paused) {
      paused = false;
      connection.read(this::isUnpaused);
    }
  }
}
