package dev.sluice.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Checks the head of every response, also of redirects, before OkHttp acts on it. OkHttp would
 * retry some statuses itself (408, 503), throw for one (407), and take an unclear length for none.
 * Only the policy retries.
 */
final class ResponseHeadRules implements Interceptor {
  private static final String LENGTH = "Content-Length";
  private static final String CODING = "Transfer-Encoding";
  private static final Set<String> ABOUT_THE_BODY =
      Set.of("content-length", "transfer-encoding", "content-encoding");

  @Override
  public Response intercept(Chain chain) throws IOException {
    Socket socket = requireNonNull(chain.connection(), "connection").socket();
    boolean isClear = false;
    try {
      Response response = answer(chain, socket);
      requireClear(response);
      isClear = true;
      return accepted(response);
    } finally {
      if (!isClear) {
        // Of the response, OkHttp has read some bytes and not the others.
        closeQuietly(socket);
      }
    }
  }

  static Response checked(Response response) throws IOException {
    requireClear(response);
    return accepted(response);
  }

  private static void requireClear(Response response) throws CallException {
    String unclear = unclearFraming(response);
    if (!unclear.isEmpty()) {
      // Not closed: OkHttp throws for a negative length.
      throw new CallException(response.request(), unclear, null);
    }
  }

  private static Response accepted(Response response) throws StatusException {
    if (!isForTheCaller(response) && !isRedirect(response)) {
      response.close();
      throw new StatusException(response);
    }
    return response;
  }

  private static boolean isForTheCaller(Response response) {
    Streamed<?> streamed = Streamed.of(response.request());
    return streamed == null ? ResponseRules.hasBody(response) : streamed.accepts(response);
  }

  /** RFC 9112, section 6.3: why the end of the body is not known; empty if it is. */
  private static String unclearFraming(Response response) {
    Headers headers = response.headers();
    for (int i = 0; i < headers.size(); i++) {
      if (hasBlanks(headers.name(i))) {
        return "a blank in the name of the header " + headers.name(i).trim();
      }
    }
    List<String> lengths = response.headers(LENGTH);
    List<String> codings = response.headers(CODING);
    if (!BodyEnd.areOneNumber(lengths)) {
      return "a " + LENGTH + " that is not one number: " + lengths;
    }
    if (!codings.isEmpty() && !lengths.isEmpty()) {
      return "a " + CODING + " together with a " + LENGTH;
    }
    // OkHttp would take the frames of any other coding for the body.
    boolean isKnown = codings.isEmpty() || (codings.size() == 1 && isKnown(codings.get(0)));
    return isKnown ? "" : "a " + CODING + " that is not chunked: " + codings;
  }

  /** RFC 9112, section 5.1. OkHttp takes it for another header, and the body for another one. */
  private static boolean hasBlanks(String name) {
    String trimmed = name.trim();
    return trimmed.length() != name.length()
        && ABOUT_THE_BODY.contains(trimmed.toLowerCase(Locale.ROOT));
  }

  private static boolean isKnown(String coding) {
    return coding.equalsIgnoreCase("chunked") || coding.equalsIgnoreCase("identity");
  }

  /** One request on the wire at most. OkHttp gets no error after which it would send another. */
  private static Response answer(Chain chain, Socket socket) throws IOException {
    try {
      return sent(chain, socket);
    } catch (StrayBytesException | CallException | ProtocolException e) {
      throw e;
    } catch (IOException e) {
      throw new SentRequestException(e);
    }
  }

  private static Response sent(Chain chain, Socket socket) throws IOException {
    Request request = chain.request();
    if (socket instanceof ResponseSocket responses) {
      responses.expect(request);
      return TrackedBody.of(chain.proceed(request), responses::bodyEnded);
    }
    // On a socket of foreign make, which cannot be checked, the next request would be unsafe.
    return chain.proceed(request.newBuilder().header("Connection", "close").build());
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return; // Not used again: the body of the response was not read.
    }
  }

  private static boolean isRedirect(Response response) {
    String location = response.header("Location");
    return response.isRedirect()
        && location != null
        && response.headers("Location").stream().allMatch(location::equals)
        && response.request().url().resolve(location) != null;
  }
}
