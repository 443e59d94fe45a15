package dev.sluice.http;

import static java.util.Objects.requireNonNull;

import dev.sluice.Limiter;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.util.Set;
import okhttp3.Call;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests from one network thread, one after another, and has their bodies read while they
 * arrive: for bodies that are too long for memory. See {@link HttpClient#calls}.
 *
 * <pre>{@code
 * Maybe<Long> length =
 *     client.calls(caller -> caller.send(request, response -> response.body().source().readAll(sink)));
 * }</pre>
 */
public final class Caller {
  private final ClientCalls calls;
  private final Limiter limiter;
  private volatile @Nullable Call current;
  private volatile boolean cancelled;

  private Caller(ClientCalls calls, Limiter limiter) {
    this.calls = calls;
    this.limiter = limiter;
  }

  /**
   * Calls that block their thread.
   *
   * @param <T> the type of what they bring
   */
  @FunctionalInterface
  public interface Calls<T> {
    /**
     * {@return what the calls bring; null when there is no such thing}
     *
     * @param caller sends requests; only during this method
     * @throws IOException for a failed attempt
     */
    @Nullable T make(Caller caller) throws IOException;
  }

  /** Makes the calls on the thread that subscribes. */
  static <T> Maybe<T> making(Calls<T> made, ClientCalls calls, Limiter limiter) {
    return Maybe.create(
        emitter -> {
          Caller caller = new Caller(calls, limiter);
          emitter.setCancellable(caller::cancel);
          try {
            T value = made.make(caller);
            if (value == null) {
              emitter.onComplete();
            } else {
              emitter.onSuccess(value);
            }
          } catch (IOException e) {
            // After a disposal, which cancels the call, the failure has no receiver.
            boolean unused = emitter.tryOnError(e);
          }
        });
  }

  /**
   * Sends a request and reads its response. Blocks until the reader returns.
   *
   * <p>Redirects are followed, and the headers of the client are added, as for all its calls. The
   * reader gets a success with a body (RFC 9110, section 15.3), a 304 if the request has a
   * condition, and a 416 if it has a range. The length of the body is not bounded. What the server
   * still allows ({@code RateLimit} fields) is told to the {@linkplain
   * HttpClient#lane(java.net.URI) lane} of the URL.
   *
   * @param request with an absolute URL, which need not be below the base of the client
   * @param reader reads the response; its result is not null
   * @param <T> the type of what is read
   * @return what the reader returned
   * @throws StatusException for any other status
   * @throws CallException if no response came, or the body broke off
   * @throws IOException if the reader threw it
   */
  public <T> T send(Request request, BodyReader<T> reader) throws IOException {
    return send(request, Set.of(), reader);
  }

  /**
   * Sends a request and reads its response, as {@link #send(Request, BodyReader)}, also if that has
   * one of these error statuses: for a protocol whose errors have a body that counts.
   *
   * @param request with an absolute URL, which need not be below the base of the client
   * @param errors statuses from 400 on, such as 404
   * @param reader reads the response; its result is not null
   * @param <T> the type of what is read
   * @return what the reader returned
   * @throws StatusException for any other status
   * @throws CallException if no response came, or the body broke off
   * @throws IOException if the reader threw it
   */
  public <T> T send(Request request, Set<Integer> errors, BodyReader<T> reader) throws IOException {
    requireNonNull(reader, "reader");
    Streamed<T> streamed = new Streamed<>(watched(request, reader), Set.copyOf(errors));
    Call call = calls.newCall(request.newBuilder().tag(Streamed.class, streamed).build());
    current = call;
    if (cancelled) {
      call.cancel();
    }
    try {
      call.execute().close();
    } catch (IOException e) {
      // OkHttp throws for a call that was cancelled because its body was not needed.
      if (cancelled || !streamed.isRead()) {
        throw e;
      }
    } catch (IllegalArgumentException e) {
      throw HeaderRules.withoutValue(e);
    } finally {
      current = null;
    }
    return streamed.result();
  }

  /** Tells the limiter what the server still allows, before the body is read. */
  private <T> BodyReader<T> watched(Request request, BodyReader<T> reader) {
    QuotaWatch quotas = QuotaWatch.of(limiter, request.url());
    if (!quotas.isOn()) {
      return reader;
    }
    long counted = quotas.counted();
    return response -> {
      quotas.note(response, counted);
      return reader.read(response);
    };
  }

  /** Cancels the call under way, and all later ones. Any thread may do so. */
  public void cancel() {
    cancelled = true;
    Call call = current;
    if (call != null) {
      call.cancel();
    }
  }
}
