package dev.sluice.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;

/**
 * What a connection may deliver: the response to the request that was sent, and nothing else.
 * OkHttp 3.14 takes bytes that arrive behind a response for the next response, and an informational
 * response for the final one.
 *
 * <ul>
 *   <li>Informational responses are dropped (RFC 9110, section 15.2), except 101.
 *   <li>Nothing behind the end of a response is delivered, and the connection is closed (RFC 9112,
 *       section 9.2).
 *   <li>A connection with unread bytes, or closed by the server, does not get another request; nor
 *       does any used one soon after a request was lost on one, see {@link LostRequests}.
 *   <li>Nor does one that the server closes after the response, see {@link KeepAlive}.
 *   <li>Nor does a connection whose last body was not read to its end, see {@link TrackedBody}.
 *   <li>A 304 has no length: OkHttp would wait for a body.
 *   <li>Continued header lines are joined (RFC 9112, section 5.2).
 *   <li>Octets of a {@code Location} that are not ASCII are percent-encoded. OkHttp would decode
 *       them as UTF-8, and replace those that are not.
 * </ul>
 *
 * <p>Before the first call of {@link #expect} all bytes pass: they are TLS, or a proxy's.
 */
final class ResponseFilter {
  /** Beyond OkHttp's limit of a head, so that OkHttp reports it. */
  private static final int MAX_HEAD = 300 << 10;

  /** A head and a small body come in one system call. OkHttp alone would read 8 KiB at a time. */
  private static final int STEP = 16 << 10;

  private static final int CODE_FROM = "HTTP/1.1 ".length();
  private static final int CODE_TO = CODE_FROM + 3;

  /** Of a server that closes an idle connection (RFC 9110, section 15.5.9). */
  private static final int TIMED_OUT_IDLE = 408;

  /** A server that closes after every response often says so only with the end of the stream. */
  private static final int FIRST_WAIT_MILLIS = 5;

  private static final int WAIT_MILLIS = 1;

  /** A connection that was idle for less is not waited for: its last use has just shown it open. */
  private static final long SHORT_IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** The number of bytes that have arrived and were not read. */
  @FunctionalInterface
  interface Pending {
    int count() throws IOException;
  }

  private enum State {
    /** Everything passes; after a request, the connection gets no other one. */
    OPEN_END,
    /** No response is due. */
    IDLE,
    HEAD,
    BODY
  }

  private final Socket socket;
  private final InputStream in;
  private final Pending pending;
  private final LostRequests lost;

  // Used by one thread at a time: OkHttp's pool hands connections on under a lock.
  private State state = State.OPEN_END;
  private int requests;
  private boolean announced;
  private boolean withoutBody;
  private boolean continues;

  /** Whether another request may follow the response. */
  private boolean persists;

  /** Whether OkHttp has read all of the last response. */
  private boolean isRead;

  private long idleSince;

  /** How long the connection was idle before this request. */
  private long idleNanos;

  private BodyEnd end = BodyEnd.of(0);

  /** Received and not yet judged: the head, and what came with it. */
  private byte[] raw = new byte[STEP];

  private int size;

  /** No end of a head was found before this index. */
  private int scanned;

  /** Where the line begins that is scanned. */
  private int line;

  /**
   * Judged and not yet delivered. It is {@code raw} itself where no byte of the head was changed:
   * {@code raw} is filled again only after all of this is delivered.
   */
  private byte[] ready = raw;

  private int readyFrom;
  private int readyTo;

  /**
   * Filters the input of a socket.
   *
   * @param socket has the read timeout of {@code in}
   * @param lost is told of a request without a response on a used connection
   */
  ResponseFilter(Socket socket, InputStream in, Pending pending, LostRequests lost) {
    this.socket = socket;
    this.in = in;
    this.pending = pending;
    this.lost = lost;
  }

  void expect(Request request) {
    announced = true;
    withoutBody = request.method().equals("HEAD");
    continues = "100-continue".equalsIgnoreCase(request.header("Expect"));
  }

  void bodyEnded() {
    isRead = true;
  }

  /** Called before bytes are written; checks the connection once for each request. */
  void beforeWrite() throws IOException {
    if (!announced) {
      return;
    }
    announced = false;
    requests++;
    if (requests == 1) {
      if (pending.count() > 0 && !isQuiet(WAIT_MILLIS)) {
        closeQuietly();
        throw new IOException("the server sent bytes before the request");
      }
    } else if (state != State.IDLE
        || !isRead
        || !lost.allowsUsed(socket.getRemoteSocketAddress())
        || !isReusable()) {
      closeQuietly();
      throw new StrayBytesException();
    }
    state = State.HEAD;
    isRead = false;
    drop(size);
    deliver(raw, 0);
  }

  private boolean isReusable() {
    try {
      boolean isFirst = requests == 2;
      idleNanos = System.nanoTime() - idleSince;
      boolean wasShort = idleNanos < SHORT_IDLE_NANOS;
      return (wasShort && !isFirst && pending.count() == 0)
          || isQuiet(isFirst ? FIRST_WAIT_MILLIS : WAIT_MILLIS);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether neither a byte nor the end of the stream arrives in this time. */
  private boolean isQuiet(int waitMillis) throws IOException {
    int before = socket.getSoTimeout();
    try {
      socket.setSoTimeout(waitMillis);
      in.read();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(before);
    }
  }

  int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (readyFrom == readyTo && state == State.HEAD && !readHead()) {
      return -1;
    }
    if (readyFrom < readyTo) {
      int count = Math.min(length, readyTo - readyFrom);
      System.arraycopy(ready, readyFrom, bytes, offset, count);
      readyFrom += count;
      return count;
    }
    return switch (state) {
      case IDLE -> readIdle();
      case BODY -> readBody(bytes, offset, length);
      default -> in.read(bytes, offset, length);
    };
  }

  /** OkHttp looks with a short timeout whether an idle connection is closed. */
  private int readIdle() throws IOException {
    if (socket.getSoTimeout() > 0) {
      in.read();
      closeQuietly();
    }
    return -1;
  }

  private int readBody(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, end.limit(length));
    if (read < 0) {
      state = State.OPEN_END;
      return -1;
    }
    return ofBody(bytes, offset, read);
  }

  /** The number of these bytes that belong to the response. */
  private int ofBody(byte[] bytes, int offset, int count) throws IOException {
    int own = end.take(bytes, offset, count);
    if (end.isReached()) {
      state = State.IDLE;
      idleSince = System.nanoTime();
      if (!persists || own < count || hasPending()) {
        closeQuietly();
      }
    }
    return own;
  }

  private boolean hasPending() {
    try {
      return pending.count() > 0 && !isQuiet(WAIT_MILLIS);
    } catch (IOException e) {
      return true;
    }
  }

  private void closeQuietly() {
    try {
      socket.close();
    } catch (IOException e) {
      state = State.OPEN_END; // Not used again either way.
    }
  }

  /** Reads up to the end of a head that OkHttp may see. False at the end of the stream. */
  private boolean readHead() throws IOException {
    while (true) {
      int head = endOfHead();
      if (head < 0 || size > MAX_HEAD) {
        return passAll();
      }
      if (head > 0 && takeHead(head)) {
        return true;
      }
      if (head == 0) {
        raw = size == raw.length ? Arrays.copyOf(raw, 2 * size) : raw;
        int read = readMore();
        if (read < 0) {
          return passAll();
        }
        size += read;
      }
    }
  }

  private int readMore() throws IOException {
    boolean isEnd = true;
    try {
      int read = in.read(raw, size, raw.length - size);
      isEnd = read < 0;
      return read;
    } finally {
      // A closed socket is that of a cancelled call.
      if (isEnd && size == 0 && !socket.isClosed()) {
        noteLost();
      }
    }
  }

  /** The server did not take this request, if the connection was used before. */
  private void noteLost() {
    if (requests > 1) {
      lost.add(socket.getRemoteSocketAddress(), idleNanos);
    }
  }

  /** What is not an HTTP head is OkHttp's to report. */
  private boolean passAll() {
    deliver(raw, size);
    drop(size);
    state = State.OPEN_END;
    return readyTo > 0;
  }

  private void deliver(byte[] bytes, int count) {
    ready = bytes;
    readyFrom = 0;
    readyTo = count;
  }

  /** The length of the head; 0 if it is not whole, negative if it is none. */
  private int endOfHead() {
    for (; scanned < size; scanned++) {
      if (raw[scanned] == '\n') {
        int length = scanned - line - (scanned > line && raw[scanned - 1] == '\r' ? 1 : 0);
        if (line == 0 && !isStatusLine(raw, length)) {
          return -1;
        }
        if (length == 0) {
          return scanned + 1;
        }
        line = scanned + 1;
      }
    }
    return 0;
  }

  private static boolean isStatusLine(byte[] bytes, int length) {
    if (length < CODE_TO || !new String(bytes, 0, CODE_TO, ISO_8859_1).startsWith("HTTP/1.")) {
      return false;
    }
    for (int i = CODE_FROM; i < CODE_TO; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /** Makes a head and the bytes behind it ready. False if the head is dropped. */
  private boolean takeHead(int length) throws IOException {
    String received = new String(raw, 0, length, ISO_8859_1);
    String head = unfolded(received);
    int code = Integer.parseInt(head.substring(CODE_FROM, CODE_TO));
    boolean isInformational = code / 100 == 1 && code != 101;
    if (isInformational) {
      boolean isAsked = code == 100 && continues;
      if (isAsked) {
        continues = false;
        deliver(Arrays.copyOf(raw, length), length);
      }
      drop(length);
      return isAsked;
    }
    if (code == TIMED_OUT_IDLE) {
      noteLost();
    }
    persists = KeepAlive.after(head);
    end = BodyEnd.after(code, head, withoutBody);
    state = end.isKnown() ? State.BODY : State.OPEN_END;
    int own = end.isKnown() ? ofBody(raw, length, size - length) : size - length;
    String encoded = LocationOctets.encoded(code == 304 ? withoutLength(head) : head);
    if (encoded.equals(received)) {
      deliver(raw, length + own);
    } else {
      byte[] all = Arrays.copyOf(encoded.getBytes(ISO_8859_1), encoded.length() + own);
      System.arraycopy(raw, length, all, encoded.length(), own);
      deliver(all, all.length);
    }
    drop(size);
    return true;
  }

  /**
   * Joins continued lines, as a user agent must (RFC 9112, section 5.2). OkHttp takes each alone.
   */
  private static String unfolded(String head) throws ProtocolException {
    if (!head.contains("\n ") && !head.contains("\n\t")) {
      return head;
    }
    char second = head.charAt(head.indexOf('\n') + 1);
    if (second == ' ' || second == '\t') {
      throw new ProtocolException("a blank before the first header");
    }
    return head.replaceAll("\r?\n[ \t]+", " ");
  }

  /** The length of what is not sent (RFC 9110, section 15.4.5), for which OkHttp would wait. */
  private static String withoutLength(String head) {
    return head.replaceAll("(?i)\n(content-length|transfer-encoding):[^\n]*", "");
  }

  private void drop(int length) {
    System.arraycopy(raw, length, raw, 0, size - length);
    size -= length;
    scanned = 0;
    line = 0;
  }
}
