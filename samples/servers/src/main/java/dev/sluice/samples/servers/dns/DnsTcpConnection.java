package dev.sluice.samples.servers.dns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A client over TCP. Each message follows two bytes with its length (RFC 1035, section 4.2.2; RFC
 * 7766). Used by the event loop's thread only.
 */
final class DnsTcpConnection {
  private static final long IDLE_NANOS = 30_000_000_000L;

  /** The largest query. Each connection has a buffer of this size. */
  private static final int LARGEST_QUERY = 2_048;

  /** Reading pauses at this many unread responses, so a client that does not read costs little. */
  private static final int LONGEST_QUEUE = 64;

  private final DnsEventLoop loop;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer in = ByteBuffer.allocate(2 + LARGEST_QUERY);
  private final Deque<ByteBuffer> queue = new ArrayDeque<>();
  private int unanswered;
  private long lastActive = System.nanoTime();

  DnsTcpConnection(DnsEventLoop loop, SocketChannel channel, SelectionKey key) {
    this.loop = loop;
    this.channel = channel;
    this.key = key;
  }

  void proceed() {
    try {
      lastActive = System.nanoTime();
      if (key.isWritable()) {
        flush();
      }
      if (key.isReadable() && channel.read(in) < 0) {
        close();
        return;
      }
      answerQueries();
    } catch (IOException | CancelledKeyException e) {
      close();
    }
  }

  /** Sends a response, or the part that the socket accepts now. */
  void send(ByteBuffer answer) throws IOException {
    unanswered--;
    queue.add(answer);
    flush();
  }

  /** Sends a delayed response, then answers the queries that were read meanwhile. */
  void sendLate(ByteBuffer answer) {
    try {
      lastActive = System.nanoTime();
      send(answer);
      answerQueries();
    } catch (IOException | CancelledKeyException e) {
      close();
    }
  }

  void closeIfIdle() {
    if (unanswered == 0 && System.nanoTime() - lastActive > IDLE_NANOS) {
      close();
    }
  }

  private void answerQueries() throws IOException {
    in.flip();
    while (unanswered + queue.size() < LONGEST_QUEUE && isWhole()) {
      int length = in.getShort() & 0xFFFF;
      ByteBuffer message = in.slice(in.position(), length);
      in.position(in.position() + length);
      unanswered++;
      loop.answer(message, this);
    }
    in.compact();
    updateInterest();
  }

  private boolean isWhole() throws IOException {
    if (in.remaining() < 2) {
      return false;
    }
    int length = in.getShort(in.position()) & 0xFFFF;
    if (length > LARGEST_QUERY) {
      throw new IOException("a query of " + length + " bytes");
    }
    return in.remaining() >= 2 + length;
  }

  private void flush() throws IOException {
    while (!queue.isEmpty()) {
      ByteBuffer first = queue.element();
      channel.write(first);
      if (first.hasRemaining()) {
        break;
      }
      queue.remove();
    }
  }

  private void updateInterest() {
    int read = in.hasRemaining() ? SelectionKey.OP_READ : 0;
    key.interestOps(queue.isEmpty() ? read : read | SelectionKey.OP_WRITE);
  }

  private void close() {
    DelayedAnswers.attempt(channel::close);
  }
}
