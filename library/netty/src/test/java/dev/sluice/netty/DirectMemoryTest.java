package dev.sluice.netty;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Work;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;

/** Many bodies at once that fit into the heap, but not into the memory outside the heap. */
@Timeout(60)
class DirectMemoryTest {
  private static final int CALLS = 30;
  private static final int LONG = 5_000_000;
  private static final byte[] CONTENT = new byte[LONG];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  /** Has bodies that a call has whole. */
  interface Api {
    @GET("long")
    Maybe<ResponseBody> get();

    @POST("long")
    Maybe<ResponseBody> post(@Body RequestBody body);
  }

  /** Makes calls at the same time. Arguments: the URL of the server, and the kind. */
  static final class AllAtOnce {
    private AllAtOnce() {}

    public static void main(String[] arguments) {
      Policy policy = Policy.limit(CALLS).withAttemptTimeout(Policy.FOREVER);
      HttpOptions options = HttpOptions.standard().withTransport(NettyTransport::open);
      try (HttpClient client = HttpClient.at(URI.create(arguments[0]), policy, options)) {
        client
            .pipeline(work(client, arguments[1]))
            .runAll(Flowable.range(0, CALLS))
            .blockingForEach(AllAtOnce::print);
      }
    }

    private static Work<Integer, Long> work(HttpClient client, String kind) {
      Api api = client.api(Api.class);
      CountDownLatch readers = new CountDownLatch(CALLS);
      return switch (kind) {
        case "whole" -> key -> api.get().map(ResponseBody::contentLength);
        case "posted" ->
            key -> api.post(RequestBody.create(null, CONTENT)).map(ResponseBody::contentLength);
        default ->
            key ->
                client
                    .call(
                        () -> new Request.Builder().url(client.base() + "long").build(),
                        response -> lastOfAll(response, readers))
                    .toMaybe();
      };
    }

    /** Reads when all other readers are there, too. */
    private static long lastOfAll(Response response, CountDownLatch readers) throws IOException {
      readers.countDown();
      try {
        readers.await();
        // Long enough for the event loop to receive what it may.
        boolean unused = new CountDownLatch(1).await(1, SECONDS);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      try (BufferedSource source = requireNonNull(response.body()).source()) {
        return source.readAll(Okio.blackhole());
      }
    }

    private static void print(Outcome<Integer, Long> outcome) {
      System.out.println(
          outcome instanceof Outcome.Success<Integer, Long> success ? success.value() : outcome);
    }
  }

  private static String run(Path folder, String base, String kind) throws Exception {
    return Child.run(
        folder,
        "-n 1000",
        List.of("-Xmx400m", "-XX:MaxDirectMemorySize=24m"),
        AllAtOnce.class,
        base,
        kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole", "read late"})
  void longBodiesFit(String kind, @TempDir Path folder) throws Exception {
    try (AnsweringServer server =
        new AnsweringServer(
            (head, out) -> {
              AnsweringServer.write(out, head(LONG));
              out.write(CONTENT);
            })) {
      assertEquals((LONG + "\n").repeat(CALLS), run(folder, server.base().toString(), kind));
    }
  }

  /** The server reads one body after another. */
  @Test
  void bodiesOfRequestsFit(@TempDir Path folder) throws Exception {
    try (OneThreadServer server = new OneThreadServer(CALLS, DirectMemoryTest::readAll)) {
      assertEquals((LONG + "\n").repeat(CALLS), run(folder, server.base(), "posted"));
    }
  }

  private static void readAll(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      boolean isRight = Arrays.equals(CONTENT, socket.getInputStream().readNBytes(LONG));
      OneThreadServer.write(socket, head(isRight ? LONG : 0));
      socket.getOutputStream().write(CONTENT);
    }
  }

  private static String head(int length) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
  }
}
