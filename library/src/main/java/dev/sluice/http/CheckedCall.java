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
  private volatile boolean cancelled;

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
      throw undecodable(e);
    } catch (IllegalArgumentException e) {
      throw withoutSecrets(e);
    }
    return checked(response);
  }

  private ContentException undecodable(DecodingException e) {
    return new ContentException(
        LastHop.of(call.request()), String.valueOf(e.getMessage()), e.getCause());
  }

  private Response<R> checked(Response<R> response) throws ContentException {
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

  /** Only over a {@link Transport}. */
  @Override
  public void enqueue(Callback<R> callback) {
    call.enqueue(
        new Callback<>() {
          @Override
          public void onResponse(Call<R> sent, Response<R> response) {
            Response<R> checked;
            try {
              checked = checked(response);
            } catch (ContentException e) {
              callback.onFailure(CheckedCall.this, e);
              return;
            }
            callback.onResponse(CheckedCall.this, checked);
          }

          @Override
          public void onFailure(Call<R> sent, Throwable e) {
            callback.onFailure(CheckedCall.this, failure(e));
          }
        });
  }

  private Throwable failure(Throwable e) {
    if (e instanceof BugException carrier) {
      return carrier.bug();
    }
    if (e instanceof DecodingException decoding) {
      return undecodable(decoding);
    }
    return e instanceof IllegalArgumentException argument ? withoutSecrets(argument) : e;
  }

  @Override
  public boolean isExecuted() {
    return call.isExecuted();
  }

  @Override
  public void cancel() {
    cancelled = true;
    call.cancel();
  }

  /**
   * Whether the subscriber has cancelled the call. Retrofit drops the error of a cancelled call,
   * but a call that was cut off by the close of the client must fail.
   */
  @Override
  public boolean isCanceled() {
    return cancelled;
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
