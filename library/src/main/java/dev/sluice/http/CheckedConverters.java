package dev.sluice.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.TerminalText;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.Retrofit;

/**
 * The converters of a client, asked in their order. When one refuses a body, the error says which
 * type was expected and how the body begins.
 */
final class CheckedConverters extends Converter.Factory {
  private static final int START_CHARACTERS = 60;

  /** A character has at most 4 bytes. */
  private static final long START_BYTES = 4L * START_CHARACTERS;

  private final List<Converter.Factory> factories;

  CheckedConverters(List<Converter.Factory> factories) {
    this.factories = factories;
  }

  @Override
  public @Nullable Converter<ResponseBody, ?> responseBodyConverter(
      Type type, Annotation[] annotations, Retrofit retrofit) {
    for (Converter.Factory factory : factories) {
      Converter<ResponseBody, ?> converter =
          factory.responseBodyConverter(type, annotations, retrofit);
      if (converter != null) {
        return body -> decoded(converter, type, body);
      }
    }
    return null;
  }

  @Override
  public @Nullable Converter<?, RequestBody> requestBodyConverter(
      Type type,
      Annotation[] parameterAnnotations,
      Annotation[] methodAnnotations,
      Retrofit retrofit) {
    for (Converter.Factory factory : factories) {
      Converter<?, RequestBody> converter =
          factory.requestBodyConverter(type, parameterAnnotations, methodAnnotations, retrofit);
      if (converter != null) {
        return converter;
      }
    }
    return null;
  }

  @Override
  public @Nullable Converter<?, String> stringConverter(
      Type type, Annotation[] annotations, Retrofit retrofit) {
    for (Converter.Factory factory : factories) {
      Converter<?, String> converter = factory.stringConverter(type, annotations, retrofit);
      if (converter != null) {
        return converter;
      }
    }
    return null;
  }

  private static <T> @Nullable T decoded(
      Converter<ResponseBody, T> converter, Type type, ResponseBody body) throws IOException {
    MediaType mediaType = body.contentType();
    ByteString start = startOf(body.source());
    try {
      return converter.convert(body);
    } catch (IOException | RuntimeException e) {
      // A converter throws what it likes: Gson and Moshi throw RuntimeExceptions.
      String what = "expected " + nameOf(type) + ", but the body " + describe(start, mediaType);
      throw new DecodingException(what + ": " + describe(e), e);
    }
  }

  /** A copy of the first bytes: the converter reads the body to its end. */
  private static ByteString startOf(BufferedSource source) throws IOException {
    source.request(START_BYTES);
    return source.getBuffer().snapshot((int) Math.min(source.getBuffer().size(), START_BYTES));
  }

  private static String describe(ByteString start, @Nullable MediaType type) {
    if (start.size() == 0) {
      return "is empty";
    }
    Charset charset = type == null ? UTF_8 : requireNonNullElse(charset(type), UTF_8);
    return "begins with \"" + TerminalText.line(start.string(charset), START_CHARACTERS) + '"';
  }

  private static String describe(Exception e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return requireNonNullElse(message, e.getClass().getSimpleName());
  }

  private static @Nullable Charset charset(MediaType type) {
    try {
      return type.charset();
    } catch (IllegalArgumentException e) {
      return null; // The server names a charset that this JVM does not know.
    }
  }

  /** {@code Map<String, Integer>}: a type without its packages. */
  static String nameOf(Type type) {
    return type == JsonNode.class
        ? "JSON"
        : type.getTypeName().replaceAll("[\\w.$]*[.$](?=\\w)", "");
  }
}
