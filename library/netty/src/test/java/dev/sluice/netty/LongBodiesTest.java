package dev.sluice.netty;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Policy;
import dev.sluice.http.BodyReader;
import dev.sluice.http.CallException;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies of more than a MiB, whose reader waits for many bytes at once. */
@Timeout(30)
class LongBodiesTest {
  private static final byte[] BODY = new byte[3 << 20];

  static {
    new Random(1).nextBytes(BODY);
  }

  private static void head(OutputStream out, int length) throws IOException {
    AnsweringServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
  }

  private static <T> TestObserver<T> read(AnsweringServer server, BodyReader<T> reader) {
    try (HttpClient client =
        HttpClient.at(
            server.base(),
            Policy.limit(1),
            HttpOptions.standard().withTransport(NettyTransport::open))) {
      Request request = new Request.Builder().url(server.base().toString()).build();
      return client.call(() -> request, reader).test().awaitDone(20, SECONDS);
    }
  }

  private static ResponseBody body(Response response) {
    return requireNonNull(response.body());
  }

  private static byte[] bytes(ResponseBody body, int count) throws IOException {
    byte[] bytes = new byte[count];
    int have = 0;
    boolean isOpen = true;
    while (isOpen && have < count) {
      int read = BodyReader.bytes(body, bytes, have, count - have);
      isOpen = read >= 0;
      have += Math.max(read, 0);
    }
    return Arrays.copyOf(bytes, have);
  }

  @Test
  void aFewBytesAreReadAlthoughNoMoreCome() throws IOException {
    CountDownLatch read = new CountDownLatch(1);
    try (AnsweringServer server =
        new AnsweringServer(
            (head, out) -> {
              head(out, BODY.length);
              out.write(BODY, 0, BODY.length - 10);
              NettyDownloads.await(read);
              out.write(BODY, BODY.length - 10, 10);
            })) {
      read(
              server,
              response -> {
                byte[] first = bytes(body(response), BODY.length - 10);
                read.countDown();
                return first.length + bytes(body(response), 10).length;
              })
          .assertResult(BODY.length);
    }
  }

  @Test
  void bothWaysOfReadingMayTakeTurns() throws IOException {
    try (AnsweringServer server =
        new AnsweringServer(
            (head, out) -> {
              head(out, BODY.length);
              out.write(BODY);
            })) {
      read(server, response -> inTurns(body(response)))
          .assertValue(
              whole -> {
                assertArrayEquals(BODY, whole);
                return true;
              });
    }
  }

  private static byte[] inTurns(ResponseBody body) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    BufferedSource source = body.source();
    for (int size = 1; !source.exhausted(); size += 977) {
      whole.write(source.readByteArray(Math.min(size, source.getBuffer().size())));
      whole.write(bytes(body, size));
    }
    assertEquals(0, bytes(body, 1).length);
    return whole.toByteArray();
  }

  @Test
  void aBodyThatBreaksOffIsAFailureOfTheCall() throws IOException {
    try (AnsweringServer server =
        new AnsweringServer(
            (head, out) -> {
              head(out, BODY.length + 1);
              out.write(BODY);
              throw new IOException("ends the connection");
            })) {
      read(server, response -> bytes(body(response), BODY.length + 1))
          .assertError(
              e ->
                  e instanceof CallException
                      && String.valueOf(e.getMessage()).startsWith("GET " + server.base()));
    }
  }
}
