package dev.sluice.http;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Checks the head of every response, also of redirects, before OkHttp acts on it. OkHttp would
 * retry some statuses itself (408, 503), throw for one (407), and take an unclear length for none.
 * Only the policy retries.
 */
final class ResponseHeadRules implements Interceptor {
  private static final String LENGTH = "Content-Length";
  private static final int DIGITS_OF_A_LONG = 18;

  private final Set<Connection> used =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = answer(chain);
    refuseUnclearLength(response);
    if (!ResponseRules.hasBody(response) && !isRedirect(response)) {
      response.close();
      throw new StatusException(response);
    }
    return response;
  }

  /** RFC 9112, section 6.3: without exactly one number, the end of the body is not known. */
  private static void refuseUnclearLength(Response response) throws CallException {
    List<String> lengths = response.headers(LENGTH);
    for (String length : lengths) {
      if (!isNumber(length) || !length.equals(lengths.get(0))) {
        throw new CallException(
            response.request(), "a " + LENGTH + " that is not one number: " + lengths, null);
      }
    }
  }

  private Response answer(Chain chain) throws IOException {
    boolean first = used.add(chain.connection());
    try {
      return chain.proceed(chain.request());
    } catch (ProtocolException e) {
      boolean noAnswer = String.valueOf(e.getMessage()).startsWith("Unexpected status line");
      throw noAnswer && !first ? new StrayBytesException(e) : e;
    }
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= DIGITS_OF_A_LONG;
  }

  private static boolean isRedirect(Response response) {
    String location = response.header("Location");
    return response.isRedirect()
        && location != null
        && response.request().url().resolve(location) != null;
  }
}
