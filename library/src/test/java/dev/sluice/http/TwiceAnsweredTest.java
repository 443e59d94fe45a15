package dev.sluice.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Policy;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import retrofit2.http.GET;

/** The first answer of a transport counts; it is closed, and so are all others. */
@Timeout(30)
class TwiceAnsweredTest {
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  interface Pages {
    @GET("x")
    Single<ResponseBody> page();
  }

  private final class Scripted implements Transport {
    private final Consumer<Answers> script;

    Scripted(Consumer<Answers> script) {
      this.script = script;
    }

    @Override
    public Runnable send(Request request, Prefetch prefetch, Receiver receiver) {
      script.accept(new Answers(request, receiver));
      return () -> {};
    }

    @Override
    public void close() {}
  }

  /** The ways in which a transport answers. */
  private final class Answers {
    private final Request request;
    private final Transport.Receiver receiver;

    Answers(Request request, Transport.Receiver receiver) {
      this.request = request;
      this.receiver = receiver;
    }

    void receive(String text) {
      open.incrementAndGet();
      var bytes =
          new ForwardingSource(new Buffer().writeUtf8(text)) {
            @Override
            public void close() {
              open.decrementAndGet();
            }
          };
      receiver.received(
          response().body(ResponseBody.create(null, text.length(), Okio.buffer(bytes))).build());
    }

    Response.Builder response() {
      return new Response.Builder()
          .request(request)
          .protocol(Protocol.HTTP_1_1)
          .code(200)
          .message("OK");
    }

    void fail(String text) {
      receiver.failed(new IOException(text));
    }
  }

  @SuppressWarnings("NullAway") // A transport may be compiled without such checks.
  private static Stream<Arguments> scripts() {
    return Stream.of(
        script("received twice", "one", a -> List.of("one", "two").forEach(a::receive)),
        script(
            "received, then failed",
            "one",
            a -> {
              a.receive("one");
              a.fail("late");
            }),
        script(
            "failed, then received",
            "first",
            a -> {
              a.fail("first");
              a.receive("late");
            }),
        script("failed twice", "first", a -> List.of("first", "second").forEach(a::fail)),
        script(
            "received, then thrown",
            "one",
            a -> {
              a.receive("one");
              throw new IllegalStateException("late");
            }),
        script("no response", "no response", a -> a.receiver.received(null)),
        script("no failure", "without a cause", a -> a.receiver.failed(null)),
        script("no body", "without a body", a -> a.receiver.received(a.response().build())));
  }

  private static Arguments script(String name, String said, Consumer<Answers> script) {
    return Arguments.of(Named.of(name, script), said);
  }

  private HttpClient client(Consumer<Answers> script) {
    return HttpClient.at(
        URI.create("http://127.0.0.1/"),
        Policy.limit(1).withAttemptTimeout(Policy.FOREVER),
        HttpOptions.standard().withTransport(limit -> new Scripted(script)));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void endsACallOfAnInterfaceOnce(Consumer<Answers> script, String said) {
    try (HttpClient client = client(script)) {
      assertEnds(client.api(Pages.class).page().map(ResponseBody::string), said);
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void endsACallOfAReaderOnce(Consumer<Answers> script, String said) {
    try (HttpClient client = client(script)) {
      Request request = new Request.Builder().url(client.base() + "x").build();
      assertEnds(client.call(() -> request, this::read), said);
      assertEquals(said.equals("one") ? 1 : 0, reads.get());
    }
  }

  private String read(Response response) throws IOException {
    reads.incrementAndGet();
    return response.body().string();
  }

  private void assertEnds(Single<String> call, String said) {
    String result =
        call.onErrorReturn(e -> String.valueOf(e.getMessage()))
            .test()
            .awaitDone(5, SECONDS)
            .values()
            .get(0);
    assertTrue(result.contains(said), result);
    Await.until(() -> open.get() == 0, "no body is open");
  }
}
