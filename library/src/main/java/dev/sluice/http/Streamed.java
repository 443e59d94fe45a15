package dev.sluice.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * A request's tag: its body is read while it arrives, by a reader, inside the call.
 *
 * @param <T> the type of what the reader makes of the response
 */
final class Streamed<T> {
  /** Heads, and chunks of a few bytes; a body that has more framing than this is refused. */
  private static final long FRAMING_FACTOR = 16;

  /** Has no body, whatever its Content-Length says (RFC 9110, section 15.4.5). */
  private static final int NOT_MODIFIED = 304;

  /**
   * What is received without a thread: most small files. A body that comes slowly gets a thread
   * soon, so that its reader sees its bytes come.
   */
  static final Transport.Prefetch PREFETCH =
      new Transport.Prefetch(64 << 10, Duration.ofMillis(200));

  /** Bytes from which on a body counts as long. */
  private static final long LONG = 1 << 20;

  private final BodyReader<T> reader;

  /** Error statuses that the reader gets as well. */
  private final Set<Integer> errors;

  // Used by the thread of the call, which also reads the socket.
  private long delivered;
  private @Nullable T result;

  /** The reader's own. */
  private @Nullable Exception failure;

  Streamed(BodyReader<T> reader, Set<Integer> errors) {
    this.reader = reader;
    this.errors = errors;
  }

  static @Nullable Streamed<?> of(Request request) {
    return request.tag(Streamed.class);
  }

  /** Whether the reader gets this response. */
  boolean accepts(Response response) {
    Request request = response.request();
    return switch (response.code()) {
      case NOT_MODIFIED ->
          request.header("If-None-Match") != null || request.header("If-Modified-Since") != null;
      case 416 -> request.header("Range") != null;
      default -> errors.contains(response.code()) || ResponseRules.hasBody(response);
    };
  }

  /** The bytes that the socket may have read by now beyond the bytes of heads. */
  long allowedBytes() {
    return FRAMING_FACTOR * delivered;
  }

  /** Has the response read; returns one without a body. Throws what is the network's fault. */
  Response read(Response response, Runnable cancel) throws IOException {
    if (!accepts(response)) {
      throw new StatusException(response);
    }
    Body body = new Body(response);
    try {
      result = reader.read(response.newBuilder().body(new Open(body, cancel)).build());
    } catch (CallException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Not thrown here: some exceptions of OkHttp mean a response against the protocol.
      failure = e;
    } finally {
      if (!body.isRead) {
        // Cancelled and not only closed: OkHttp reads on while closing, to save the connection.
        cancel.run();
      }
    }
    return response.newBuilder().body(ResponseBody.create(null, "")).build();
  }

  /** Whether so much of the body was delivered that more is likely. */
  boolean isLong() {
    return delivered > LONG;
  }

  /** Whether the reader has returned, or has thrown an error of its own. */
  boolean isRead() {
    return result != null || failure != null;
  }

  T result() throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    return requireNonNull(result, "the reader's result");
  }

  /** Counts what is delivered, and says of which request an error is. */
  private final class Body extends ForwardingSource implements BulkSource {
    private final Response response;
    private final ResponseBody body;

    /** Read by the thread that closes the body, which may be any. */
    private volatile boolean isRead;

    Body(Response response) {
      super(requireNonNull(response.body()).source());
      this.response = response;
      this.body = requireNonNull(response.body());
      this.isRead = body.contentLength() == 0 || response.code() == NOT_MODIFIED;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      try {
        return noted(super.read(sink, byteCount));
      } catch (IOException e) {
        throw described(e);
      }
    }

    @Override
    public @Nullable LentBytes lend(int most) throws IOException {
      try {
        LentBytes lent = requireNonNull(BulkBody.of(body), "a body that lends").lend(most);
        long unused = noted(lent == null ? -1 : lent.size());
        return lent;
      } catch (IOException e) {
        throw described(e);
      }
    }

    private long noted(long read) throws CallException {
      if (read < 0) {
        ResponseRules.requireLength(response, body, delivered);
      }
      delivered += Math.max(read, 0);
      isRead |= read < 0 || delivered == body.contentLength();
      return read;
    }

    private IOException described(IOException e) {
      return e instanceof CallException
          ? e
          : new CallException(response.request(), ResponseRules.describe(e), e);
    }
  }

  /** The body that the reader gets. To close it before its end cancels the call. */
  private static final class Open extends BulkBody {
    private final Streamed<?>.Body body;
    private final BufferedSource source;
    private final Runnable cancel;

    Open(Streamed<?>.Body body, Runnable cancel) {
      this.body = body;
      this.source = Okio.buffer(body);
      this.cancel = cancel;
    }

    @Override
    public @Nullable MediaType contentType() {
      return body.body.contentType();
    }

    @Override
    public long contentLength() {
      return body.body.contentLength();
    }

    @Override
    public BufferedSource source() {
      return source;
    }

    @Override
    @Nullable BulkSource bulk() {
      return BulkBody.of(body.body) == null ? null : body;
    }

    /** Any thread may do so: the source itself is for one thread. */
    @Override
    public void close() {
      if (!body.isRead) {
        cancel.run();
      }
    }
  }
}
