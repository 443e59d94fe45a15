package dev.sluice.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;

/**
 * Decodes the bodies for which OkHttp asked with {@code Accept-Encoding: gzip}: also with several
 * members, and under the older name {@code x-gzip} (RFC 9110, section 8.4.1.3). A request with an
 * {@code Accept-Encoding} of its own gets the body as it is.
 */
final class GzipBodies {
  private static final GzipBodies ASKED = new GzipBodies();

  private GzipBodies() {}

  /** The last interceptor before OkHttp adds its headers: notes for which requests it will ask. */
  static Response note(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    boolean asks = request.header("Accept-Encoding") == null && request.header("Range") == null;
    return chain.proceed(
        asks ? request.newBuilder().tag(GzipBodies.class, ASKED).build() : request);
  }

  /** A network interceptor: OkHttp meets a decoded body. */
  static Response decode(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    ResponseBody body = response.body();
    boolean isAsked = chain.request().tag(GzipBodies.class) != null;
    if (!isAsked || body == null || !response.isSuccessful() || !isGzip(response)) {
      return response;
    }
    return response
        .newBuilder()
        .removeHeader("Content-Encoding")
        .removeHeader("Content-Length")
        .body(
            ResponseBody.create(
                body.contentType(), -1, Okio.buffer(new GzipMembers(body.source()))))
        .build();
  }

  private static boolean isGzip(Response response) {
    String coding = response.header("Content-Encoding");
    return !response.request().method().equals("HEAD")
        && ("gzip".equalsIgnoreCase(coding) || "x-gzip".equalsIgnoreCase(coding));
  }
}
