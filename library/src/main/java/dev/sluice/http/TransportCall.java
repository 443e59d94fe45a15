package dev.sluice.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;

/**
 * One call over a {@link Transport}: a request, and those that its redirects lead to. Without a
 * timeout of its own: the policy has that.
 */
final class TransportCall implements Call {
  private final Request request;
  private final TransportCalls calls;
  private final AtomicBoolean executed = new AtomicBoolean();
  private volatile boolean cancelled;
  private volatile Runnable end = () -> {};

  TransportCall(Request request, TransportCalls calls) {
    this.request = request;
    this.calls = calls;
  }

  /** Blocks until the head has come, and has the body read while it comes. */
  @Override
  public Response execute() throws IOException {
    start();
    Request hop = request;
    for (int followed = 0; ; followed++) {
      Response received = await(hop);
      boolean isKept = false;
      try {
        Response response = calls.hops().checked(hop, received);
        Request next = Hops.next(hop, response, followed);
        if (next == null) {
          isKept = true;
          return response;
        }
        hop = next;
      } finally {
        if (!isKept) {
          received.close();
        }
      }
    }
  }

  private Response await(Request hop) throws IOException {
    CompletableFuture<Response> response = new CompletableFuture<>();
    send(hop, 0, new Awaited(response));
    try {
      return response.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (InterruptedException e) {
      cancel();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** The callback is called on a network thread, with a body that is in memory. */
  @Override
  public void enqueue(Callback callback) {
    start();
    new Enqueued(callback, request, 0).send();
  }

  private void start() {
    if (executed.getAndSet(true)) {
      throw new IllegalStateException("already executed");
    }
  }

  private void send(Request hop, long whole, Transport.Receiver receiver) {
    if (cancelled) {
      receiver.failed(new IOException("Canceled"));
      return;
    }
    end = calls.transport().send(calls.hops().sent(hop), whole, receiver);
    if (cancelled) {
      end.run();
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    end.run();
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
    return calls.newCall(request);
  }

  private record Awaited(CompletableFuture<Response> response) implements Transport.Receiver {
    @Override
    public void received(Response received) {
      if (!response.complete(received)) {
        received.close();
      }
    }

    @Override
    public void failed(IOException cause) {
      boolean unused = response.completeExceptionally(cause);
    }
  }

  /** A request of an enqueued call, and what follows its response. */
  private final class Enqueued implements Transport.Receiver {
    private final Callback callback;
    private final Request hop;
    private final int followed;

    Enqueued(Callback callback, Request hop, int followed) {
      this.callback = callback;
      this.hop = hop;
      this.followed = followed;
    }

    void send() {
      TransportCall.this.send(hop, calls.whole(), this);
    }

    @Override
    public void received(Response response) {
      calls.tasks().execute(() -> goOn(response));
    }

    @Override
    public void failed(IOException cause) {
      calls.tasks().execute(() -> callback.onFailure(TransportCall.this, cause));
    }

    private void goOn(Response response) {
      Response checked;
      Request next;
      try {
        checked = calls.hops().checked(hop, response);
        next = Hops.next(hop, checked, followed);
      } catch (IOException e) {
        response.close();
        callback.onFailure(TransportCall.this, e);
        return;
      } catch (IllegalArgumentException | IllegalStateException e) {
        response.close();
        callback.onFailure(
            TransportCall.this, new IOException("a response against the protocol: " + e, e));
        return;
      }
      if (next == null) {
        finish(checked);
      } else {
        checked.close();
        new Enqueued(callback, next, followed + 1).send();
      }
    }

    private void finish(Response response) {
      try {
        callback.onResponse(TransportCall.this, response);
      } catch (IOException e) {
        callback.onFailure(TransportCall.this, e);
      }
    }
  }
}
