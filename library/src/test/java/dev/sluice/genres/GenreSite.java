package dev.sluice.genres;

import static dev.sluice.Answers.answer;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.TestClient;
import dev.sluice.disk.Folder;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A scripted server and a genre client. */
final class GenreSite implements AutoCloseable {
  static final String PATH = "/wp-json/genrenator/v1/genre/";

  final RawServer server;
  final TestClient client;
  final Genres genres;

  GenreSite(Path folder, UnaryOperator<Policy> change, RawServer.Script script) {
    server = RawServer.answering(script);
    client = new TestClient(GenreOptions.standard().policy(), change);
    genres = Genres.at(server.base(), Folder.at(folder), GenreOptions.of(client.policy()));
  }

  static GenreSite saying(Path folder, byte[] answer) {
    return new GenreSite(folder, policy -> policy, exchange -> exchange.send(answer));
  }

  static byte[] json(String json) {
    return answer("200 OK", json.getBytes(UTF_8), "Content-Type: application/json");
  }

  /** The message, with {@code SERVER} in place of host and port. */
  String withoutAddress(Throwable e) {
    return String.valueOf(e.getMessage()).replace(server.authority(), "SERVER");
  }

  @Override
  public void close() {
    genres.close();
    server.close();
    client.awaitIdle();
  }
}
