package dev.sluice.genres;

import com.fasterxml.jackson.databind.JsonNode;
import io.reactivex.rxjava3.core.Single;
import retrofit2.Response;
import retrofit2.http.GET;
import retrofit2.http.Path;

/**
 * Genrenator's interface, https://binaryjazz.us/genrenator-api/. {@code Single}, since a 404 means
 * a wrong URL and not that there is no genre.
 */
interface GenreApi {
  /** A JSON string. */
  @GET("wp-json/genrenator/v1/genre/")
  Single<Response<JsonNode>> genre();

  /** A JSON array of {@code count} strings. */
  @GET("wp-json/genrenator/v1/genre/{count}")
  Single<Response<JsonNode>> genres(@Path("count") int count);
}
