package dev.sluice.http;

import static java.util.Objects.requireNonNull;

import dev.sluice.IoSchedulers;
import dev.sluice.Limiter;
import dev.sluice.Work;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeEmitter;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * One request, whose response is read while it arrives: for bodies that are too long for memory.
 *
 * @param calls sends the request
 * @param limiter that of the policy
 * @param request made when the call begins
 * @param errors statuses that the reader gets as well
 * @param reader reads the response
 * @param <T> the type of what is read
 */
record StreamedCall<T>(
    ClientCalls calls,
    Limiter limiter,
    Supplier<Request> request,
    Set<Integer> errors,
    BodyReader<T> reader) {
  private static final DirectScheduler HERE = new DirectScheduler();

  /** Blocks the thread that subscribes. */
  Maybe<T> executed() {
    return Maybe.create(
        emitter -> {
          Sent sent = new Sent();
          emitter.setCancellable(sent::cancel);
          try {
            emitter.onSuccess(sent.read(cancel -> sent.call.execute()));
          } catch (IOException | RuntimeException e) {
            // After a disposal, which cancels the call, the failure has no receiver. A reader may
            // wrap it: BufferedReader.lines() does.
            boolean unused = emitter.tryOnError(e);
          }
        });
  }

  /**
   * Over a {@link Transport}: needs no thread until the reader can read.
   *
   * @param schedulers their network scheduler is not used
   */
  Maybe<T> enqueued(IoSchedulers schedulers) {
    Work<Callable<T>, T> here = Work.blocking(Callable::call);
    return Maybe.create(
        emitter -> {
          Sent sent = new Sent();
          // Made here, on the thread that has the permit: the reader keeps it until it returns.
          Maybe<T> reading = here.attempt(sent, schedulers.withNetwork(HERE));
          emitter.setCancellable(sent::cancel);
          sent.call.enqueue(received -> sent.receive(received, reading, emitter));
        });
  }

  /** The call of one subscription. */
  private final class Sent implements Callable<T> {
    private final Streamed<T> streamed;
    private final SerialDisposable thread = new SerialDisposable();
    final ClientCalls.Checked call;
    private ClientCalls.@Nullable Received received;
    private volatile boolean isOver;

    Sent() {
      Request asked = request.get();
      streamed = new Streamed<>(watched(asked), errors);
      call = calls.newCall(asked.newBuilder().tag(Streamed.class, streamed).build());
    }

    /** Reads a response on this thread, which is interrupted if the subscriber disposes. */
    void receive(ClientCalls.Received arrived, Maybe<T> reading, MaybeEmitter<T> emitter) {
      received = arrived;
      var unused =
          reading.doOnSubscribe(thread::set).subscribe(emitter::onSuccess, emitter::tryOnError);
    }

    @Override
    public T call() throws IOException {
      return read(requireNonNull(received));
    }

    T read(ClientCalls.Received response) throws IOException {
      try {
        response.checked(call::cancel).close();
      } catch (IOException e) {
        // OkHttp throws for a call that was cancelled because its body was not needed.
        if (!streamed.isRead()) {
          throw e;
        }
      } catch (IllegalArgumentException e) {
        throw HeaderRules.withoutValue(e);
      } finally {
        isOver = true;
      }
      return streamed.result();
    }

    /** Any thread may do so. */
    void cancel() {
      if (!isOver) {
        call.cancel();
        thread.dispose();
      }
    }
  }

  /** Tells the limiter what the server still allows, before the body is read. */
  private BodyReader<T> watched(Request asked) {
    QuotaWatch quotas = QuotaWatch.of(limiter, asked.url());
    if (!quotas.isOn()) {
      return reader;
    }
    long counted = quotas.counted();
    return response -> {
      quotas.note(response, counted);
      return reader.read(response);
    };
  }
}
