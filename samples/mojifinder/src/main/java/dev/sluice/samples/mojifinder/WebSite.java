package dev.sluice.samples.mojifinder;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Objects;

/** Routes a request by its path. Immutable, so all event loops share one instance. */
final class WebSite {
  private static final String HEALTHY = "{\"status\":\"ok\"}\n";
  private static final String METHODS = "GET, HEAD, OPTIONS";
  private static final CharSequence TOTAL = HttpHeaders.createOptimized("x-total-count");
  private static final CharSequence UNICODE_VERSION =
      HttpHeaders.createOptimized("x-unicode-version");
  private static final CharSequence UNICODE = HttpHeaders.createOptimized(UnicodeNames.version());
  private static final CharSequence LINK = HttpHeaders.createOptimized("link");

  private final Map<String, StaticContent> files =
      Map.of(
          "/", StaticContent.page("index.html"),
          "/docs", StaticContent.page("docs.html"),
          "/mojifinder.css", StaticContent.of("mojifinder.css", "text/css; charset=utf-8"),
          "/mojifinder.js", StaticContent.of("mojifinder.js", "text/javascript; charset=utf-8"),
          "/mojifinder.svg", StaticContent.of("mojifinder.svg", "image/svg+xml"),
          "/openapi.json", StaticContent.of("openapi.json", "application/json; charset=utf-8"));
  private final CharIndex index;

  /** A result depends only on the URL and on the Unicode version. */
  private final CharSequence resultTag = StaticContent.tag(UnicodeNames.version());

  WebSite(CharIndex index) {
    this.index = index;
  }

  void answer(HttpServerRequest request) {
    WebResponse response = new WebResponse(request);
    String path = Objects.requireNonNullElse(request.path(), "");
    if (request.method().equals(HttpMethod.OPTIONS)) {
      response.with(HttpHeaders.ALLOW, METHODS).sendNothing();
    } else if (!isRead(request.method())) {
      response
          .with(HttpHeaders.ALLOW, METHODS)
          // The body is not read, so the connection cannot be used for another request.
          .closeAfterwards()
          .sendError(405, "method not allowed: use GET or HEAD");
    } else if (path.equals("/search")) {
      search(request, response);
    } else if (path.equals("/healthz")) {
      response
          .with(HttpHeaders.CACHE_CONTROL, WebResponse.NEVER)
          .sendJson(new Utf8(HEALTHY.length()).appendAscii(HEALTHY));
    } else {
      StaticContent file = files.get(path);
      if (file == null) {
        response.sendError(404, "not found: the page is at /, the API is described at /docs");
      } else {
        response.send(file);
      }
    }
  }

  private static boolean isRead(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  private void search(HttpServerRequest request, WebResponse response) {
    try {
      SearchRequest search = SearchRequest.parse(Objects.requireNonNullElse(request.query(), ""));
      response.with(HttpHeaders.CACHE_CONTROL, WebResponse.AN_HOUR);
      if (!response.sentNotModified(resultTag)) {
        search(search, response);
      }
    } catch (IllegalArgumentException e) {
      response.sendError(400, String.valueOf(e.getMessage()));
    }
  }

  private void search(SearchRequest search, WebResponse response) {
    int[] found = index.search(search.query()).codePoints();
    int from = Math.min(search.offset(), found.length);
    int to = Math.min(from + search.limit(), found.length);
    response.with(TOTAL, String.valueOf(found.length)).with(UNICODE_VERSION, UNICODE);
    if (to < found.length) {
      response.with(LINK, "<" + search.nextPage() + ">; rel=\"next\"");
    }
    response.sendRows(found, from, to);
  }
}
