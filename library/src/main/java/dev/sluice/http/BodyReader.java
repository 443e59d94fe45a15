package dev.sluice.http;

import java.io.IOException;
import okhttp3.Response;

/**
 * Reads a response while its body arrives, on a network thread. See {@link Caller#send}.
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
   * response.body().source()} throws it.
   *
   * @param response the response with an open body
   * @throws IOException of the network, or one of the reader's own; {@link Caller#send} throws it
   */
  T read(Response response) throws IOException;
}
