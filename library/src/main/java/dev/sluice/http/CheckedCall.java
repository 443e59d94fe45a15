package dev.sluice.http;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.function.Consumer;
import okhttp3.Request;
import okio.Timeout;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/**
 * A Retrofit call whose failures are what {@link HttpClient} promises: a body that does not decode
 * is a {@link ContentException} with its URL.
 *
 * @param <R> the type of the decoded body
 */
final class CheckedCall<R> implements Call<R> {
  private static final String RELATIVE = ", Relative: ";

  private final Call<R> call;
  private final @Nullable Type required;
  private final Consumer<? super okhttp3.Response> watch;

  /**
   * Wraps a call.
   *
   * @param required the type of the body; null if the caller can do without a body
   * @param watch sees each response whose body was received
   */
  CheckedCall(Call<R> call, @Nullable Type required, Consumer<? super okhttp3.Response> watch) {
    this.call = call;
    this.required = required;
    this.watch = watch;
  }

  @Override
  public Response<R> execute() throws IOException {
    Response<R> response;
    try {
      response = call.execute();
    } catch (DecodingException e) {
      throw new ContentException(
          LastHop.of(call.request()), String.valueOf(e.getMessage()), e.getCause());
    } catch (IllegalArgumentException e) {
      throw withoutSecrets(e);
    }
    watch.accept(response.raw());
    if (required != null && response.body() == null) {
      throw new ContentException(
          response.raw().request(),
          "expected " + CheckedConverters.nameOf(required) + ", but the body is null",
          null);
    }
    return response;
  }

  /** Retrofit repeats a URL that it cannot parse, which may have a password. */
  private static IllegalArgumentException withoutSecrets(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    int url = message.startsWith("Malformed URL.") ? message.indexOf(RELATIVE) : -1;
    return url < 0
        ? HeaderRules.withoutValue(e)
        : new IllegalArgumentException(
            "Malformed URL: " + UrlText.withoutUser(message.substring(url + RELATIVE.length())));
  }

  @Override
  public Call<R> clone() {
    return new CheckedCall<>(call.clone(), required, watch);
  }

  @Override
  public void enqueue(Callback<R> callback) {
    throw new UnsupportedOperationException("calls run on the network scheduler");
  }

  @Override
  public boolean isExecuted() {
    return call.isExecuted();
  }

  @Override
  public void cancel() {
    call.cancel();
  }

  @Override
  public boolean isCanceled() {
    return call.isCanceled();
  }

  @Override
  public Request request() {
    return call.request();
  }

  @Override
  public Timeout timeout() {
    return call.timeout();
  }
}
