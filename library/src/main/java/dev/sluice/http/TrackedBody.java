package dev.sluice.http;

import java.io.IOException;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;

/**
 * Tells when a body was read to its end, or closed, which OkHttp does by reading it to its end. A
 * body that was not leaves its bytes in the buffer from which OkHttp takes the next response.
 */
final class TrackedBody extends ForwardingSource {
  private final Runnable ended;
  private long left;
  private boolean hasEnded;

  private TrackedBody(ResponseBody body, Runnable ended) {
    super(body.source());
    this.left = body.contentLength();
    this.ended = ended;
  }

  /**
   * {@return the response, with a body that is tracked}
   *
   * @param ended runs once
   */
  static Response of(Response response, Runnable ended) {
    ResponseBody body = response.body();
    if (body == null || body.contentLength() == 0) {
      ended.run();
      return response;
    }
    return response
        .newBuilder()
        .body(
            ResponseBody.create(
                body.contentType(),
                body.contentLength(),
                Okio.buffer(new TrackedBody(body, ended))))
        .build();
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    long read = super.read(sink, byteCount);
    left -= read;
    if (read < 0 || left == 0) {
      end();
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    super.close();
    end();
  }

  /** Not again when the body is closed: the connection may have the next request by then. */
  private void end() {
    if (!hasEnded) {
      hasEnded = true;
      ended.run();
    }
  }
}
