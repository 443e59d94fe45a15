package dev.sluice.samples.titles;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.Request;
import dev.sluice.samples.servers.http.Response;
import dev.sluice.samples.servers.http.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A server of invented episodes, numbered 1 to 999; every tenth page has no heading. */
final class EmbeddedPages {
  private static final List<String> SUBJECTS =
      List.of("Streams", "Back-pressure", "Sockets", "Schedulers", "Parsers", "Deadlines", "Files");
  private static final List<String> VIEWS =
      List.of("from scratch", "in production", "without tears", "the hard way", "for beginners");

  private EmbeddedPages() {}

  static HttpServer start(HttpServerSettings settings) throws IOException {
    return HttpServer.start("pages", settings, EmbeddedPages::answer);
  }

  private static Response answer(Request request) {
    if (!request.path().matches("/[1-9]\\d{0,2}")) {
      return Response.text(Status.NOT_FOUND, "pages are at /1 to /999");
    }
    if (!request.onlyReads()) {
      return Response.text(Status.METHOD_NOT_ALLOWED, "pages can only be read")
          .with("Allow", "GET, HEAD");
    }
    return Response.of(Status.OK)
        .with("Content-Type", "text/html; charset=utf-8")
        .with(ByteBuffer.wrap(page(Integer.parseInt(request.path().substring(1))).getBytes(UTF_8)));
  }

  private static String page(int number) {
    String heading = number % 10 == 0 ? "" : "<h1>\n  " + title(number) + "\n</h1>";
    return """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Episode %s</title></head>
        <body>%s<p>An episode that nobody has recorded.</p></body>
        </html>
        """
        .formatted(number, heading);
  }

  private static String title(int number) {
    String subject = SUBJECTS.get(number % SUBJECTS.size());
    return "Episode #"
        + number
        + ": "
        + subject
        + " <em>"
        + VIEWS.get(number / 7 % VIEWS.size())
        + "</em>";
  }
}
