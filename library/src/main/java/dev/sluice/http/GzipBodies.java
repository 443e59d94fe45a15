package dev.sluice.http;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;

/**
 * Decodes the bodies for which OkHttp asked with {@code Accept-Encoding: gzip}: also with several
 * members, and under the older name {@code x-gzip} (RFC 9110, section 8.4.1.3). A request with an
 * {@code Accept-Encoding} of its own gets the body as it is. Any other coding is a failure: the
 * body would be taken for the content.
 */
final class GzipBodies {
  private static final GzipBodies ASKED = new GzipBodies();
  private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

  /** As many as curl decodes. */
  private static final int MOST_CODINGS = 5;

  private GzipBodies() {}

  /** The last interceptor before OkHttp adds its headers: notes for which requests it will ask. */
  static Response note(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    return chain.proceed(
        mayAsk(request) ? request.newBuilder().tag(GzipBodies.class, ASKED).build() : request);
  }

  private static boolean mayAsk(Request request) {
    return request.header("Accept-Encoding") == null && request.header("Range") == null;
  }

  /** What OkHttp does: asks for gzip unless the request says what it accepts. */
  static Request asking(Request request) {
    return mayAsk(request)
        ? request
            .newBuilder()
            .header("Accept-Encoding", "gzip")
            .tag(GzipBodies.class, ASKED)
            .build()
        : request;
  }

  /** A network interceptor: OkHttp meets a decoded body. */
  static Response decode(Interceptor.Chain chain) throws IOException {
    return decoded(chain.request(), chain.proceed(chain.request()));
  }

  static Response decoded(Request request, Response response) throws IOException {
    ResponseBody body = response.body();
    boolean isAsked = request.tag(GzipBodies.class) != null;
    if (!isAsked || body == null || !hasContent(response)) {
      return response;
    }
    List<String> codings = codings(response);
    if (codings.isEmpty()) {
      return response;
    }
    if (codings.size() > MOST_CODINGS || !codings.stream().allMatch(GZIP::contains)) {
      response.close();
      throw new CallException(
          response.request(), "a Content-Encoding that was not asked for: " + codings, null);
    }
    BufferedSource content = body.source();
    for (int i = 0; i < codings.size(); i++) {
      content = Okio.buffer(new GzipMembers(content));
    }
    return response
        .newBuilder()
        .removeHeader("Content-Encoding")
        .removeHeader("Content-Length")
        .body(ResponseBody.create(body.contentType(), -1, content))
        .build();
  }

  private static boolean hasContent(Response response) {
    return response.isSuccessful() && !response.request().method().equals("HEAD");
  }

  /** The codings of the body in lower case; without {@code identity}, which is none. */
  private static List<String> codings(Response response) {
    List<String> headers = response.headers("Content-Encoding");
    return headers.isEmpty()
        ? headers
        : headers.stream()
            .flatMap(header -> Stream.of(header.split(",", -1)))
            .map(coding -> coding.trim().toLowerCase(Locale.ROOT))
            .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
            .toList();
  }
}
