package dev.sluice.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;

/**
 * Lets through successes with a whole body that is not too long; everything else is a {@link
 * CallException}. The body is read here, inside the call, whole or by the reader of a {@link
 * Streamed} request: no open body crosses an operator, where a disposal could lose it.
 */
final class ResponseRules implements Interceptor {
  private static final long STEP = 8_192;

  private final long maxBodyBytes;
  private final AtomicBoolean closed;

  /**
   * Makes the rules of one client.
   *
   * @param closed whether the client is closed
   */
  ResponseRules(long maxBodyBytes, AtomicBoolean closed) {
    this.maxBodyBytes = maxBodyBytes;
    this.closed = closed;
  }

  /** Sends a request and receives the head of its response. */
  @FunctionalInterface
  interface Transport {
    Response send(Request request) throws IOException;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return checked(chain.request(), chain::proceed, chain.call()::cancel);
  }

  /** The whole response. */
  Response checked(Request request, Transport transport, Runnable cancel) throws IOException {
    if (closed.get()) {
      throw new ClientClosedException(request, null);
    }
    try {
      return described(request, transport, cancel);
    } catch (IOException e) {
      // Closing the client cuts its calls off. Another attempt would fail as well.
      throw closed.get() ? new ClientClosedException(request, e) : e;
    }
  }

  private Response described(Request request, Transport transport, Runnable cancel)
      throws IOException {
    try (Response response = send(request, transport)) {
      LastHop.note(request, response.request());
      requireAsked(response);
      Streamed<?> streamed = Streamed.of(request);
      return streamed == null ? whole(response, cancel) : streamed.read(response, cancel);
    } catch (CallException e) {
      throw e;
    } catch (IOException e) {
      IOException error = SentRequestException.unwrapped(e);
      throw new CallException(request, describe(error), error);
    } catch (IllegalArgumentException e) {
      throw described(request, e);
    } catch (IllegalStateException e) {
      // OkHttp throws it for responses against the protocol, such as a negative status.
      throw new CallException(request, "a response against the protocol: " + describe(e), e);
    }
  }

  private static CallException described(Request request, IllegalArgumentException e) {
    IllegalArgumentException safe = HeaderRules.withoutValue(e);
    String what = safe == e ? "a response against the protocol: " : "a header of an interceptor: ";
    return new CallException(request, what + describe(safe), safe);
  }

  /** Ends at the latest on a new connection: a connection with stray bytes is closed. */
  private static Response send(Request request, Transport transport) throws IOException {
    while (true) {
      try {
        return transport.send(request);
      } catch (StrayBytesException e) {
        // Not sent yet: OkHttp takes another connection.
        LastHop.reset(request);
      }
    }
  }

  private Response whole(Response response, Runnable cancel) throws IOException {
    ResponseBody body = response.body();
    if (!hasBody(response) || body == null) {
      // Also a redirect that must not be followed without the user's consent: 307 for a POST.
      throw new StatusException(response);
    }
    Buffer whole = new Buffer();
    if (body.contentLength() > maxBodyBytes || !fits(body.source(), whole)) {
      // Cancelled and not only closed: OkHttp reads on while closing, to save the connection.
      cancel.run();
      throw new CallException(
          response.request(), "a body longer than " + maxBodyBytes + " bytes", null);
    }
    requireLength(response, body, whole.size());
    return response
        .newBuilder()
        .body(ResponseBody.create(body.contentType(), whole.size(), whole))
        .build();
  }

  /** At the end of a body: a {@link dev.sluice.http.Transport} may not notice that it broke off. */
  static void requireLength(Response response, ResponseBody body, long read) throws CallException {
    long length = body.contentLength();
    boolean isOfThisBody = !response.request().method().equals("HEAD") && response.code() != 304;
    if (isOfThisBody && length >= 0 && length != read) {
      throw new CallException(
          response.request(),
          read < length
              ? "unexpected end of stream"
              : "a body that is longer than its Content-Length",
          null);
    }
  }

  private static void requireAsked(Response response) throws StatusException {
    if (response.code() == 206 && !asked(response, "Range")) {
      throw new StatusException(response, "although no range was asked for");
    }
    if (response.code() == 226 && !asked(response, "A-IM")) {
      // A difference to an earlier body (RFC 3229).
      throw new StatusException(response, "although no delta was asked for");
    }
  }

  private static boolean asked(Response response, String header) {
    Response network = response.networkResponse();
    return response.request().header(header) != null
        || (network != null && network.request().header(header) != null);
  }

  /** Whether the status is a success that has a body (RFC 9110, section 15.3). */
  static boolean hasBody(Response response) {
    return response.isSuccessful() && response.code() != 204 && response.code() != 205;
  }

  private boolean fits(BufferedSource body, Buffer whole) throws IOException {
    while (body.read(whole, STEP) != -1) {
      if (whole.size() > maxBodyBytes) {
        return false;
      }
    }
    return true;
  }

  static String describe(Exception e) {
    String message = e.getMessage();
    if (e instanceof UnknownHostException && message != null && message.indexOf(' ') < 0) {
      // The JDK says so of a name that it remembers not to have found.
      return message + ": unknown host";
    }
    if (message != null) {
      return message;
    }
    return e instanceof EOFException ? "unexpected end of stream" : e.getClass().getSimpleName();
  }
}
