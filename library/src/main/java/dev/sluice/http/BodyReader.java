package dev.sluice.http;

import java.io.IOException;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Reads a response while its body arrives, on a network thread. See {@link HttpClient#call}.
 *
 * @param <T> the type of what it makes of the response
 */
@FunctionalInterface
public interface BodyReader<T> {
  /**
   * {@return what was read}
   *
   * <p>The response is closed afterwards. If its body was not read to the end, its connection is
   * closed as well. An error of the network is a {@link CallException} when {@code
   * response.body().source()} throws it. Any thread may close the response before that: reading
   * then fails.
   *
   * @param response the response with an open body
   * @throws IOException of the network, or one of the reader's own; it fails the call
   */
  T read(Response response) throws IOException;

  /**
   * {@return how many bytes of a body were read, at least one; negative at the end}
   *
   * <p>As {@code body.source().read(…)}, and may take turns with it; but where the {@link
   * Transport} can, in larger pieces than the 8 KiB of Okio.
   *
   * @param body of the response that a reader got
   * @param sink gets the bytes
   * @param offset where the first of them goes
   * @param count the most bytes, at least one
   * @throws IOException as {@code body.source()} throws it
   */
  static int bytes(ResponseBody body, byte[] sink, int offset, int count) throws IOException {
    return BulkBody.read(body, sink, offset, count);
  }

  /**
   * {@return lends the bytes of a body, which spares a copy; null if they cannot be lent now}
   *
   * <p>That is so over OkHttp, for a body that is decoded, and while {@code body.source()} has
   * bytes in its buffer.
   *
   * @param body of the response that a reader got
   */
  static @Nullable BulkSource lender(ResponseBody body) {
    return BulkBody.of(body);
  }
}
