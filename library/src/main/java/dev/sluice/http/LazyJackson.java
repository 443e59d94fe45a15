package dev.sluice.http;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;

/** Jackson, made when the first interface asks for JSON: a client of bytes starts without it. */
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
    static final JacksonConverterFactory JACKSON = JacksonConverterFactory.create();
  }
}
