package dev.sluice.genres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.Work;
import dev.sluice.http.ContentException;
import dev.sluice.http.HttpClient;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import retrofit2.Response;

/** Requests to Genrenator; checks what comes. */
final class GenreSource {
  private static final String PATH = "wp-json/genrenator/v1/genre/";

  private final GenreApi api;
  private final String url;

  GenreSource(HttpClient client) {
    this.api = client.api(GenreApi.class);
    this.url = client.base() + PATH;
  }

  /** One genre; the server does not see the index. */
  Work<Integer, Genre> single() {
    Work<Integer, Genre> genre = index -> checked(api.genre(), json -> genre(url, json));
    return genre.withTarget(index -> url);
  }

  /** One response with as many genres as the key says. */
  Work<Integer, List<Genre>> batch() {
    Work<Integer, List<Genre>> genres =
        count -> checked(api.genres(count), json -> genres(url + count, json, count));
    return genres.withTarget(count -> url + count);
  }

  private static <T> Maybe<T> checked(Single<Response<JsonNode>> call, Reader<T> reader) {
    return call.map(response -> reader.read(response.body())).toMaybe();
  }

  private static List<Genre> genres(String url, @Nullable JsonNode json, int count)
      throws ContentException {
    if (json == null || !json.isArray()) {
      throw new ContentException(url, "not an array of genres, but " + kind(json), null);
    }
    if (json.size() != count) {
      throw new ContentException(url, json.size() + " genres instead of " + count, null);
    }
    List<Genre> genres = new ArrayList<>(count);
    for (JsonNode each : json) {
      genres.add(genre(url, each));
    }
    return genres;
  }

  private static Genre genre(String url, @Nullable JsonNode json) throws ContentException {
    if (json == null || !json.isTextual()) {
      throw new ContentException(url, "not a genre in a JSON string, but " + kind(json), null);
    }
    String fault = Genre.fault(json.textValue());
    if (!fault.isEmpty()) {
      throw new ContentException(url, fault, null);
    }
    return new Genre(json.textValue());
  }

  private static String kind(@Nullable JsonNode json) {
    return json == null ? "nothing" : json.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  /** Reads JSON, or says what is wrong with it. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(@Nullable JsonNode json) throws IOException;
  }
}
