package dev.sluice.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.ErrorTranslator;
import retrofit2.HttpException;
import retrofit2.Response;

/**
 * Translates the errors of a Retrofit that {@link HttpClient} did not make, so that its calls work
 * under a pipeline: an {@code HttpException} of status 404 or 410 is <i>not found</i>, of another
 * status a {@link StatusException} with its {@code Retry-After}. An exception of Jackson is a
 * {@link ContentException} without a URL, which is not retried.
 *
 * <p>The pipeline finds it by itself ({@link java.util.ServiceLoader}); there is nothing to call.
 */
public final class RetrofitErrors implements ErrorTranslator {

  /** Called by {@link java.util.ServiceLoader}. */
  public RetrofitErrors() {}

  @Override
  public Translation translate(Exception error) {
    if (error instanceof HttpException http) {
      return StatusException.isNotFound(http.code())
          ? Translation.notFound()
          : Translation.failure(status(http));
    }
    return error instanceof JsonProcessingException json
        ? Translation.failure(new ContentException("not the expected JSON: " + words(json), json))
        : Translation.unknown();
  }

  private static StatusException status(HttpException e) {
    Response<?> response = e.response();
    // Null after serialization alone.
    return response == null
        ? new StatusException("HTTP", "", e.code(), e.message(), null)
        : new StatusException(response.raw(), e);
  }

  private static String words(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage());
  }
}
