package dev.sluice.samples.servers.genres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.Request;
import dev.sluice.samples.servers.http.Response;
import dev.sluice.samples.servers.http.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Both endpoints of Genrenator: one genre as a JSON string, and many as an array.
 *
 * <pre>{@code
 * try (HttpServer server = GenreServer.start(HttpServerSettings.onLoopback())) {
 *   fetch(server.uri() + "/wp-json/genrenator/v1/genre/3");
 * }
 * }</pre>
 */
public final class GenreServer {
  private static final String PATH = "/wp-json/genrenator/v1/genre";
  private static final Pattern PATHS = Pattern.compile(PATH + "(/|/(?<count>\\d+)/?)?");
  private static final int MOST_GENRES = 1_000;

  private final GenreWords words;

  private GenreServer(GenreWords words) {
    this.words = words;
  }

  /**
   * Starts a server. It answers as soon as this returns.
   *
   * @throws IOException if it cannot listen; the message names port and address
   */
  public static HttpServer start(HttpServerSettings settings) throws IOException {
    GenreServer genres = new GenreServer(new GenreWords(new Random(settings.seed())));
    return HttpServer.start("genre-server", settings, genres::answer);
  }

  private Response answer(Request request) {
    Matcher path = PATHS.matcher(request.path());
    if (!path.matches()) {
      return Response.text(Status.NOT_FOUND, "genres are at " + PATH + "/ and " + PATH + "/3");
    }
    if (!request.onlyReads()) {
      return Response.text(Status.METHOD_NOT_ALLOWED, "genres can only be read")
          .with("Allow", "GET, HEAD");
    }
    String count = path.group("count");
    return count == null ? json(quoted(words.genre())) : many(count);
  }

  private Response many(String count) {
    int number = count.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(count);
    if (number < 1 || number > MOST_GENRES) {
      return Response.text(Status.BAD_REQUEST, "allowed are 1 to " + MOST_GENRES + " genres");
    }
    StringJoiner array = new StringJoiner(",", "[", "]");
    for (int i = 0; i < number; i++) {
      array.add(quoted(words.genre()));
    }
    return json(array.toString());
  }

  /** No word contains a character that JSON must escape. */
  private static String quoted(String genre) {
    return '"' + genre + '"';
  }

  private static Response json(String json) {
    return Response.of(Status.OK)
        .with("Content-Type", "application/json; charset=utf-8")
        .with("Cache-Control", "no-store")
        .with(ByteBuffer.wrap(json.getBytes(UTF_8)));
  }
}
