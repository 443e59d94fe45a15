package dev.sluice.netty;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import okio.Buffer;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The body of one response, between the event loop and the thread that reads it. The connection is
 * not read from while too many bytes lie here.
 */
final class ResponseBytes implements Source {
  private static final int MOST = 1 << 20;
  private static final int FEW = MOST / 2;

  /** A reader that waits is woken for so many bytes, or when no more bytes are at hand. */
  private static final int STEP = 128 << 10;

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
  private final long unpaused;

  // Guarded by this.
  private final Queue<ByteBuf> arrived = new ArrayDeque<>();
  private long size;
  private boolean isAwaited;
  private boolean paused;
  private boolean whole;
  private boolean closed;
  private long dropped;
  private @Nullable IOException failure;

  /**
   * An empty body.
   *
   * @param unpaused so many bytes are received without a reader
   */
  ResponseBytes(Connection connection, long unpaused) {
    this.connection = connection;
    this.unpaused = unpaused;
  }

  /** Adds bytes; returns how many lie here. */
  synchronized long add(ByteBuf bytes) {
    if (closed || failure != null) {
      drop(bytes.readableBytes());
      return size;
    }
    arrived.add(bytes.retain());
    size += bytes.readableBytes();
    if (size > Math.max(MOST, unpaused) && !paused) {
      paused = true;
      connection.read(this::isUnpaused);
    }
    if (size >= STEP) {
      wake();
    }
    return size;
  }

  private void drop(int count) {
    dropped += count;
    if (dropped > DROPPED) {
      connection.end();
    }
  }

  /** No more bytes are at hand. */
  synchronized void flush() {
    if (size > 0) {
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
  public synchronized long read(Buffer sink, long byteCount) throws IOException {
    while (size == 0) {
      if (failure != null) {
        throw failure;
      }
      if (whole) {
        return -1;
      }
      isAwaited = true;
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
    int read = move(sink, (int) Math.min(byteCount, size));
    if (paused && size < FEW) {
      paused = false;
      connection.read(this::isUnpaused);
    }
    return read;
  }

  private synchronized boolean isUnpaused() {
    return !paused;
  }

  private int move(Buffer sink, int most) throws IOException {
    ByteBuf first = arrived.element();
    int count = Math.min(most, first.readableBytes());
    sink.write(first.nioBuffer(first.readerIndex(), count));
    first.skipBytes(count);
    size -= count;
    if (!first.isReadable()) {
      arrived.remove().release();
    }
    return count;
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
    if (paused) {
      paused = false;
      connection.read(this::isUnpaused);
    }
  }
}
