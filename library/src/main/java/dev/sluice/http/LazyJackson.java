package dev.sluice.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;

/** Jackson, loaded by the first interface with JSON: a client of bytes starts faster without. */
final class LazyJackson extends Converter.Factory {
  @Override
  public Converter<ResponseBody, ?> responseBodyConverter(
      Type type, Annotation[] annotations, Retrofit retrofit) {
    return Made.JACKSON.responseBodyConverter(type, annotations, retrofit);
  }

  @Override
  public @Nullable Converter<?, RequestBody> requestBodyConverter(
      Type type,
      Annotation[] parameterAnnotations,
      Annotation[] methodAnnotations,
      Retrofit retrofit) {
    return Made.JACKSON.requestBodyConverter(
        type, parameterAnnotations, methodAnnotations, retrofit);
  }

  private static final class Made {
    // A JSON string followed by a page of HTML is refused.
    static final JacksonConverterFactory JACKSON =
        JacksonConverterFactory.create(
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));
  }
}
