package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** One request and its response. Without a timeout of its own: the policy has that. */
final class NettyCall implements Call {
  private final Request request;
  private final Consumer<NettyCall> transport;
  private final AtomicBoolean executed = new AtomicBoolean();
  private final CompletableFuture<Response> response = new CompletableFuture<>();
  private volatile boolean cancelled;
  private volatile Runnable abort = () -> {};

  /**
   * A call that has not begun.
   *
   * @param transport begins it
   */
  NettyCall(Request request, Consumer<NettyCall> transport) {
    this.request = request;
    this.transport = transport;
  }

  void succeed(Response whole) {
    response.complete(whole);
  }

  void fail(Throwable cause) {
    response.completeExceptionally(
        cause instanceof IOException ? cause : new IOException(cause.toString(), cause));
  }

  /** What ends the connection of this call; replaces the one before. */
  void onCancel(Runnable abort) {
    this.abort = abort;
    if (cancelled) {
      abort.run();
    }
  }

  @Override
  public Response execute() throws IOException {
    start();
    try {
      return response.get();
    } catch (ExecutionException e) {
      // A new one: the stack of the other is that of the event loop.
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IOException(cause.getMessage(), cause);
    } catch (InterruptedException e) {
      cancel();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** The callback is called on the event loop, or on the thread that cancels. */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // The callback has the result.
  public void enqueue(Callback callback) {
    start();
    response.whenComplete((whole, error) -> tell(callback, whole, error));
  }

  private void tell(Callback callback, Response whole, @Nullable Throwable error) {
    try {
      if (error == null) {
        callback.onResponse(this, whole);
      } else {
        callback.onFailure(this, (IOException) error);
      }
    } catch (IOException e) {
      callback.onFailure(this, e);
    }
  }

  private void start() {
    if (executed.getAndSet(true)) {
      throw new IllegalStateException("already executed");
    }
    transport.accept(this);
  }

  @Override
  public void cancel() {
    cancelled = true;
    fail(new IOException("cancelled"));
    abort.run();
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public boolean isExecuted() {
    return executed.get();
  }

  @Override
  public boolean isCanceled() {
    return cancelled;
  }

  @Override
  public Timeout timeout() {
    return Timeout.NONE;
  }

  @Override
  public Call clone() {
    return new NettyCall(request, transport);
  }
}
