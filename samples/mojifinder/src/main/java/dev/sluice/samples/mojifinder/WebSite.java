package dev.sluice.samples.mojifinder;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Objects;

/** What is at which address. */
final class WebSite {
  private static final String HEALTHY = "{\"status\":\"ok\"}\n";
  private static final CharSequence TOTAL = HttpHeaders.createOptimized("x-total-count");
  private static final CharSequence LINK = HttpHeaders.createOptimized("link");

  private final Map<String, StaticContent> pages =
      Map.of(
          "/", StaticContent.of("index.html", StaticContent.HTML),
          "/docs", StaticContent.of("docs.html", StaticContent.HTML),
          "/mojifinder.css", StaticContent.of("mojifinder.css", "text/css; charset=utf-8"),
          "/mojifinder.js", StaticContent.of("mojifinder.js", "text/javascript; charset=utf-8"),
          "/mojifinder.svg", StaticContent.of("mojifinder.svg", "image/svg+xml"),
          "/openapi.json", StaticContent.of("openapi.json", "application/json; charset=utf-8"));
  private final CharIndex index;

  /** An answer depends on its address and on the names that this Java knows. */
  private final String version = StaticContent.tag(String.valueOf(Runtime.version()));

  WebSite(CharIndex index) {
    this.index = index;
  }

  void answer(HttpServerRequest request) {
    WebResponse answers = new WebResponse(request);
    String path = Objects.requireNonNullElse(request.path(), "");
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      answers
          .with(HttpHeaders.ALLOW, "GET, HEAD")
          // What comes with it is not read, and so the connection cannot be used again.
          .with(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
          .refuse(405, "only GET and HEAD are understood");
    } else if (path.equals("/search")) {
      search(request, answers);
    } else if (path.equals("/healthz")) {
      answers
          .with(HttpHeaders.CACHE_CONTROL, WebResponse.NEVER)
          .send(new Utf8(HEALTHY.length()).appendAscii(HEALTHY));
    } else {
      StaticContent page = pages.get(path);
      if (page == null) {
        answers.refuse(404, "nothing is here: / has the page, /docs says what else there is");
      } else {
        answers.send(page);
      }
    }
  }

  private void search(HttpServerRequest request, WebResponse answers) {
    try {
      SearchRequest search = SearchRequest.parse(Objects.requireNonNullElse(request.query(), ""));
      answers.with(HttpHeaders.CACHE_CONTROL, WebResponse.AN_HOUR);
      if (!answers.isKnown(version)) {
        search(search, answers);
      }
    } catch (IllegalArgumentException e) {
      answers.refuse(400, String.valueOf(e.getMessage()));
    }
  }

  private void search(SearchRequest search, WebResponse answers) {
    int[] found = index.search(search.query()).codePoints();
    int from = Math.min(search.offset(), found.length);
    int to = Math.min(from + search.limit(), found.length);
    answers.with(TOTAL, String.valueOf(found.length));
    if (to < found.length) {
      answers.with(LINK, "<" + search.next() + ">; rel=\"next\"");
    }
    answers.send(Json.of(found, from, to));
  }
}
