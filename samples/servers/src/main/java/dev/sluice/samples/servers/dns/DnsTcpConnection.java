package dev.sluice.samples.servers.dns;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** A client over TCP: two bytes of length before each message (RFC 1035, 4.2.2; RFC 7766). */
final class DnsTcpConnection {
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  /** No question needs more; so much is kept for every client. */
  private static final int LARGEST_QUESTION = 2_048;

  /** Who asks and does not read, is not read from either. */
  private static final int LONGEST_QUEUE = 64;

  private final DnsEventLoop loop;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer in = ByteBuffer.allocate(2 + LARGEST_QUESTION);
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
      answerQuestions();
    } catch (IOException | CancelledKeyException e) {
      close();
    }
  }

  /** Sends an answer, or as much of it as the client takes now. */
  void send(ByteBuffer answer) throws IOException {
    unanswered--;
    queue.add(answer);
    flush();
  }

  /** Sends an answer that was held back, and goes on with the questions behind it. */
  void sendLate(ByteBuffer answer) {
    try {
      lastActive = System.nanoTime();
      send(answer);
      answerQuestions();
    } catch (IOException | CancelledKeyException e) {
      close();
    }
  }

  void closeIfIdle() {
    if (unanswered == 0 && System.nanoTime() - lastActive > PATIENCE_NANOS) {
      close();
    }
  }

  private void answerQuestions() throws IOException {
    in.flip();
    while (unanswered + queue.size() < LONGEST_QUEUE && isWhole()) {
      int length = in.getShort() & 0xFFFF;
      ByteBuffer message = in.slice(in.position(), length);
      in.position(in.position() + length);
      unanswered++;
      loop.answer(message, this);
    }
    in.compact();
    wantWhatIsNext();
  }

  private boolean isWhole() throws IOException {
    if (in.remaining() < 2) {
      return false;
    }
    int length = in.getShort(in.position()) & 0xFFFF;
    if (length > LARGEST_QUESTION) {
      throw new IOException("a question of " + length + " bytes");
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

  private void wantWhatIsNext() {
    int read = in.hasRemaining() ? SelectionKey.OP_READ : 0;
    key.interestOps(queue.isEmpty() ? read : read | SelectionKey.OP_WRITE);
  }

  private void close() {
    DelayedAnswers.leave(channel::close);
  }
}
