package dev.sluice.http;

import java.io.EOFException;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;

/**
 * What an answer must be before anybody else sees it: a success with a whole body that is not too
 * long. The body is read here, inside the call, so that no open one ever crosses an operator, and
 * every way to fail says which URL it was.
 */
final class ResponseRules implements Interceptor {
  private static final long STEP = 8_192;

  private final HttpOptions options;

  ResponseRules(HttpOptions options) {
    this.options = options;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request =
        chain.request().newBuilder().header("User-Agent", options.userAgent()).build();
    try (Response response = answer(chain, request)) {
      return wholeAnswer(chain, response);
    } catch (CallException e) {
      throw e;
    } catch (IOException e) {
      throw new CallException(request, describe(e), e);
    } catch (IllegalArgumentException | IllegalStateException e) {
      // OkHttp's way to stumble over an answer that breaks the rules, a negative status say.
      throw new CallException(request, "an answer that makes no sense: " + describe(e), e);
    }
  }

  /** Ends at the latest on a new connection: each one with something left over is closed. */
  private static Response answer(Chain chain, Request request) throws IOException {
    try {
      return chain.proceed(request);
    } catch (StrayBytesException e) {
      return answer(chain, request);
    }
  }

  private Response wholeAnswer(Chain chain, Response response) throws IOException {
    if (!response.isSuccessful()) {
      // A redirect that must not be followed without asking: 307 for a POST.
      throw new StatusException(response);
    }
    ResponseBody body = response.body();
    Buffer whole = new Buffer();
    if (body.contentLength() > options.maxBodyBytes() || !fits(body.source(), whole)) {
      // Cut off, not closed: closing would read on, in the hope of using the connection again.
      chain.call().cancel();
      throw new CallException(
          response.request(), "a body longer than " + options.maxBodyBytes() + " bytes", null);
    }
    return response
        .newBuilder()
        .body(ResponseBody.create(body.contentType(), whole.size(), whole))
        .build();
  }

  private boolean fits(BufferedSource body, Buffer whole) throws IOException {
    while (body.read(whole, STEP) != -1) {
      if (whole.size() > options.maxBodyBytes()) {
        return false;
      }
    }
    return true;
  }

  private static String describe(Exception e) {
    String message = e.getMessage();
    if (message != null) {
      return message;
    }
    return e instanceof EOFException ? "unexpected end of stream" : e.getClass().getSimpleName();
  }
}
