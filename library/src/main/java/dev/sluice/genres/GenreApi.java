package dev.sluice.genres;

import com.fasterxml.jackson.databind.JsonNode;
import io.reactivex.rxjava3.core.Single;
import retrofit2.Response;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** Genrenator's interface, https://binaryjazz.us/genrenator-api/. A server wrote the answers. */
interface GenreApi {
  /** A string. */
  @GET("wp-json/genrenator/v1/genre/")
  Single<Response<JsonNode>> genre();

  /** An array of so many strings. */
  @GET("wp-json/genrenator/v1/genre/{count}")
  Single<Response<JsonNode>> genres(@Path("count") int count);
}
