package dev.sluice.benchmarks;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/** OkHttp's requests and responses as Netty's. */
final class NettyMessages {
  private NettyMessages() {}

  static FullHttpRequest encoded(Request request) throws IOException {
    HttpUrl url = request.url();
    String query = url.encodedQuery();
    Buffer content = new Buffer();
    if (request.body() != null) {
      request.body().writeTo(content);
    }
    FullHttpRequest encoded =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(request.method()),
            query == null ? url.encodedPath() : url.encodedPath() + "?" + query,
            request.body() == null
                ? Unpooled.EMPTY_BUFFER
                : Unpooled.wrappedBuffer(content.readByteArray()));
    encoded.headers().set(HttpHeaderNames.HOST, authority(url));
    Headers headers = request.headers();
    for (int i = 0; i < headers.size(); i++) {
      encoded.headers().add(headers.name(i), headers.value(i));
    }
    if (request.body() != null) {
      encoded.headers().set(HttpHeaderNames.CONTENT_LENGTH, encoded.content().readableBytes());
      MediaType type = request.body().contentType();
      if (type != null) {
        encoded.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
      }
    }
    return encoded;
  }

  private static String authority(HttpUrl url) {
    String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
  }

  static Response decoded(Request request, HttpResponse head, Buffer body) {
    Headers.Builder headers = new Headers.Builder();
    head.headers().forEach(header -> headers.addUnsafeNonAscii(header.getKey(), header.getValue()));
    Headers all = headers.build();
    String type = all.get("Content-Type");
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(head.status().code())
        .message(head.status().reasonPhrase())
        .headers(all)
        .body(ResponseBody.create(type == null ? null : MediaType.parse(type), body.size(), body))
        .build();
  }
}
