package dev.sluice.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

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

  @Override
  public Response execute() {
    throw new UnsupportedOperationException("calls over a transport are enqueued");
  }

  /**
   * The callback is called on a network thread, which may block; without one only for a failure.
   * The body of a {@link Streamed} request may still arrive, any other is in memory.
   */
  @Override
  public void enqueue(Callback callback) {
    if (executed.getAndSet(true)) {
      throw new IllegalStateException("already executed");
    }
    new Enqueued(callback, request, 0).send();
  }

  private void send(Request hop, Transport.Receiver receiver) {
    if (cancelled) {
      receiver.failed(new IOException("Canceled"));
      return;
    }
    Transport.Prefetch prefetch = Streamed.of(request) == null ? calls.whole() : Streamed.PREFETCH;
    try {
      end =
          requireNonNull(
              calls.transport().send(calls.hops().sent(hop), prefetch, receiver),
              "send: returns null");
    } catch (RuntimeException e) {
      receiver.failed(new IOException("cannot be sent: " + e, e));
    } catch (Error e) {
      // Of a redirect's request, whose caller is a network thread, the call would have no end.
      receiver.failed(new BugException(e));
    }
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

  /**
   * A request of an enqueued call, and what follows its response. The first answer of the transport
   * counts.
   */
  private final class Enqueued implements Transport.Receiver {
    private final Callback callback;
    private final Request hop;
    private final int followed;
    private final AtomicBoolean answered = new AtomicBoolean();

    Enqueued(Callback callback, Request hop, int followed) {
      this.callback = callback;
      this.hop = hop;
      this.followed = followed;
    }

    void send() {
      TransportCall.this.send(hop, this);
    }

    @Override
    public void received(@Nullable Response response) {
      if (response == null || response.body() == null) {
        failed(new IOException("no response, or one without a body"));
      } else if (answered.getAndSet(true)) {
        response.close();
      } else {
        calls
            .tasks()
            .execute(
                () -> goOn(response),
                e -> {
                  response.close();
                  callback.onFailure(TransportCall.this, e);
                });
      }
    }

    @Override
    public void failed(@Nullable IOException cause) {
      if (!answered.getAndSet(true)) {
        IOException known = cause == null ? new IOException("a failure without a cause") : cause;
        calls
            .tasks()
            .execute(
                () -> callback.onFailure(TransportCall.this, known),
                e -> callback.onFailure(TransportCall.this, known));
      }
    }

    private void goOn(Response response) {
      Response checked;
      Request next;
      try {
        checked = calls.hops().checked(hop, response);
        next = Hops.next(hop, checked, followed);
      } catch (IOException e) {
        refuse(response, e);
        return;
      } catch (IllegalArgumentException | IllegalStateException e) {
        refuse(response, new IOException("a response against the protocol: " + e, e));
        return;
      } catch (Throwable e) {
        refuse(response, new BugException(e));
        return;
      }
      if (next == null) {
        finish(checked);
      } else {
        checked.close();
        new Enqueued(callback, next, followed + 1).send();
      }
    }

    private void refuse(Response response, IOException why) {
      response.close();
      callback.onFailure(TransportCall.this, why);
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
