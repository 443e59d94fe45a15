package dev.sluice.http;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.gzip;
import static dev.sluice.Answers.join;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.util.Arrays;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;

/** Header fields of a gzip member (RFC 1952, section 2.3). */
class GzipTest {
  private static final int EXTRA = 4;

  interface Pages {
    @GET("x")
    Maybe<ResponseBody> page();
  }

  /** Lengths from 0x8000 on are negative as a short: CVE-2023-3635. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0x7fff, 0x8000, 0xffff})
  void anExtraFieldOfAnyLengthIsSkipped(int length) throws IOException {
    byte[] packed = withExtra(length, length);
    assertEquals("hello", said(HttpOptions.standard(), packed));
    assertEquals("hello", saidByPlainOkHttp(packed));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x7fff, 0x8000, 0xffff})
  void anExtraFieldThatIsCutOffIsAFailure(int length) throws IOException {
    byte[] packed = withExtra(length, 100);
    assertFailed(said(HttpOptions.standard(), packed));
    assertFailed(saidByPlainOkHttp(packed));
    byte[] cut = Arrays.copyOf(withExtra(length, length), 11);
    assertFailed(said(HttpOptions.standard(), cut));
    assertFailed(saidByPlainOkHttp(cut));
  }

  /** A member whose extra field claims one length and has another. */
  private static byte[] withExtra(int claimed, int actual) throws IOException {
    byte[] packed = gzip(bytes("hello"));
    byte[] head = Arrays.copyOf(packed, 10);
    head[3] |= EXTRA;
    byte[] length = {(byte) claimed, (byte) (claimed >> 8)};
    return join(head, length, new byte[actual], Arrays.copyOfRange(packed, 10, packed.length));
  }

  private static void assertFailed(String said) {
    assertTrue(said.startsWith("GET http://127.0.0.1:"), said);
  }

  private static String saidByPlainOkHttp(byte[] packed) {
    OkHttpClient plain = new OkHttpClient();
    try {
      return said(HttpOptions.standard().withCalls(plain), packed);
    } finally {
      plain.dispatcher().executorService().shutdown();
      plain.connectionPool().evictAll();
      OkHttpThreads.end(plain.connectionPool());
    }
  }

  private static String said(HttpOptions options, byte[] packed) {
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  exchange.send(answer("200 OK", packed, "Content-Encoding: gzip"));
                  exchange.hangUp();
                });
        HttpClient client = HttpClient.at(server.base(), Policy.limit(1), options)) {
      Pages pages = client.api(Pages.class);
      Outcome<String, String> outcome =
          client
              .pipeline((String key) -> pages.page().map(ResponseBody::string))
              .run("x")
              .test()
              .awaitDone(10, SECONDS)
              .assertComplete()
              .values()
              .get(0);
      return outcome.fold(
          s -> s.value(), n -> "not found", f -> String.valueOf(f.cause().getMessage()));
    }
  }
}
