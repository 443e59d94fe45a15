package dev.sluice.netty;

import dev.sluice.http.BulkSource;
import dev.sluice.http.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;

/** OkHttp's requests and responses as Netty's. */
final class Messages {
  private static final long LONGEST_REQUEST_BODY = 16 << 20;

  private Messages() {}

  /** The request as it goes to its server. */
  static FullHttpRequest encoded(Request request) throws IOException {
    if (request.header("Expect") != null || request.header("Upgrade") != null) {
      throw new IOException("the headers Expect and Upgrade are not supported over Netty");
    }
    HttpUrl url = request.url();
    String query = url.encodedQuery();
    FullHttpRequest encoded =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(request.method()),
            query == null ? url.encodedPath() : url.encodedPath() + "?" + query,
            body(request));
    HttpHeaders to = encoded.headers();
    Headers headers = request.headers();
    for (int i = 0; i < headers.size(); i++) {
      to.add(headers.name(i), headers.value(i));
    }
    if (!to.contains("Host")) {
      to.set("Host", authority(url));
    }
    if (!to.contains("Connection")) {
      to.set("Connection", "Keep-Alive");
    }
    addBody(request, encoded);
    return encoded;
  }

  private static ByteBuf body(Request request) throws IOException {
    RequestBody body = request.body();
    if (body == null) {
      return Unpooled.EMPTY_BUFFER;
    }
    if (body.contentLength() > LONGEST_REQUEST_BODY) {
      throw new IOException(
          "a request body longer than " + LONGEST_REQUEST_BODY + " bytes is not supported");
    }
    Buffer content = new Buffer();
    body.writeTo(content);
    return Unpooled.wrappedBuffer(content.readByteArray());
  }

  /** Only these fields say where the request ends (RFC 9112, section 6.2). */
  private static void addBody(Request request, FullHttpRequest encoded) {
    encoded.headers().remove("Transfer-Encoding").remove("Content-Length");
    RequestBody body = request.body();
    if (body == null) {
      return;
    }
    encoded.headers().set("Content-Length", encoded.content().readableBytes());
    MediaType type = body.contentType();
    if (type != null) {
      encoded.headers().set("Content-Type", type);
    }
  }

  private static String authority(HttpUrl url) {
    String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
  }

  /** A response whose body is still to be read. */
  static Response decoded(Request request, HttpResponse head, BulkSource body) {
    Headers.Builder headers = new Headers.Builder();
    for (Map.Entry<String, String> header : head.headers()) {
      headers.addUnsafeNonAscii(header.getKey(), header.getValue());
    }
    Headers all = headers.build();
    String type = all.get("Content-Type");
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(head.status().code())
        .message(head.status().reasonPhrase())
        .headers(all)
        .body(Transport.body(type == null ? null : MediaType.parse(type), length(all), body))
        .build();
  }

  private static long length(Headers headers) {
    String length = headers.get("Content-Length");
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
