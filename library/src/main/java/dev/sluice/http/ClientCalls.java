package dev.sluice.http;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one client: adds its headers to a request, and hands it to OkHttp or to the user's
 * own factory. For the latter it also applies the {@link ResponseRules}, which OkHttp has as an
 * interceptor.
 */
final class ClientCalls implements Call.Factory {
  private final HttpUrl base;
  private final HttpOptions options;
  private final Function<Call, Checked> checked;
  private final Call.Factory factory;
  private final Set<Call> running = ConcurrentHashMap.newKeySet();

  private ClientCalls(
      HttpUrl base,
      HttpOptions options,
      Call.Factory factory,
      @Nullable ResponseRules rules,
      Runnable ended) {
    this.base = base;
    this.options = options;
    this.factory = factory;
    this.checked = call -> new Checked(call, rules, running, ended);
  }

  /**
   * Calls of an OkHttp client that has the rules itself.
   *
   * @param ended runs after every call, when its connection is released
   */
  static ClientCalls ofOkHttp(
      HttpUrl base, HttpOptions options, Call.Factory okHttp, Runnable ended) {
    return new ClientCalls(base, options, okHttp, null, ended);
  }

  /** Calls of a factory that knows nothing of the rules. */
  static ClientCalls of(
      HttpUrl base, HttpOptions options, Call.Factory factory, ResponseRules rules) {
    return new ClientCalls(base, options, factory, rules, () -> {});
  }

  @Override
  public Checked newCall(Request request) {
    return checked.apply(factory.newCall(withHeaders(request)));
  }

  /** Cancels the calls under way. */
  void cancelAll() {
    running.forEach(Call::cancel);
  }

  private Request withHeaders(Request request) {
    Request.Builder more = request.newBuilder().tag(LastHop.class, new LastHop());
    if (UrlText.isSameOrigin(base, request.url())) {
      for (Map.Entry<String, String> header : options.headers().entrySet()) {
        addIfAbsent(request, more, header.getKey(), header.getValue());
      }
      Authorization authorization = options.authorization();
      if (authorization != null) {
        addIfAbsent(request, more, "Authorization", authorization.value());
      }
    }
    if (!options.headers().keySet().stream().anyMatch("User-Agent"::equalsIgnoreCase)) {
      addIfAbsent(request, more, "User-Agent", options.userAgent());
    }
    return more.build();
  }

  /** A header that the interface sets for a call wins. */
  private static void addIfAbsent(
      Request request, Request.Builder more, String name, String value) {
    if (request.header(name) == null) {
      more.header(name, value);
    }
  }

  /** The response to an enqueued call, or its failure. */
  @FunctionalInterface
  interface Received {
    /** Applies the rules, as {@link ResponseRules#checked}. */
    Response checked(Runnable cancel) throws IOException;
  }

  /** A call under the rules of the client; null for OkHttp, which applies them itself. */
  record Checked(Call call, @Nullable ResponseRules rules, Set<Call> running, Runnable ended)
      implements Call {
    @Override
    public Response execute() throws IOException {
      running.add(call);
      boolean hasResponse = false;
      try {
        Response response =
            rules == null
                ? call.execute()
                : rules.checked(request(), request -> call.execute(), call::cancel);
        hasResponse = true;
        return response;
      } finally {
        if (!hasResponse) {
          // An interceptor that throws may leave its response open, and so its connection.
          call.cancel();
          LastHop.close(request());
        }
        running.remove(call);
        ended.run();
      }
    }

    @Override
    public Call clone() {
      return new Checked(call.clone(), rules, running, ended);
    }

    /** Only over a {@link Transport}. */
    @Override
    public void enqueue(Callback callback) {
      // Not cancelled for a body that is too long: to close that ends its connection.
      enqueue(
          received -> {
            try {
              callback.onResponse(this, received.checked(() -> {}));
            } catch (IOException e) {
              callback.onFailure(this, e);
            } catch (Throwable e) {
              // An Error too, such as one of a converter: the call would have no end otherwise.
              callback.onFailure(this, new BugException(e));
            }
          });
    }

    /**
     * Sends the request. Only over a {@link Transport}.
     *
     * @param reader is called on a network thread, with what checks the response, or throws what
     *     failed; the response is closed after that
     */
    void enqueue(Consumer<Received> reader) {
      ResponseRules all = rules;
      if (all == null || !(call instanceof TransportCall)) {
        throw new UnsupportedOperationException("calls run on the network scheduler");
      }
      running.add(call);
      call.enqueue(
          new Callback() {
            @Override
            public void onResponse(Call sent, Response response) {
              try (response) {
                finish(request -> response);
              }
            }

            @Override
            public void onFailure(Call sent, IOException e) {
              finish(
                  request -> {
                    throw BugException.thrown(e);
                  });
            }

            private void finish(ResponseRules.Transport received) {
              try {
                reader.accept(cancel -> all.checked(request(), received, cancel));
              } finally {
                running.remove(call);
              }
            }
          });
    }

    @Override
    public Request request() {
      return call.request();
    }

    @Override
    public void cancel() {
      call.cancel();
    }

    @Override
    public boolean isExecuted() {
      return call.isExecuted();
    }

    @Override
    public boolean isCanceled() {
      return call.isCanceled();
    }

    @Override
    public Timeout timeout() {
      return call.timeout();
    }
  }
}
