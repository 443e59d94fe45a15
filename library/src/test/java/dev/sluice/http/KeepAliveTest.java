package dev.sluice.http;

import static dev.sluice.Answers.bytes;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Single;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;

/** Which responses are the last ones on their connection (RFC 9112, section 9.3). */
@Timeout(30)
class KeepAliveTest {
  private static final int CALLS = 4;
  private static final String LENGTH = "\r\nContent-Length: 5\r\n\r\nhello";

  interface Pages {
    @GET("x")
    Single<ResponseBody> page();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nConnection: close",
        "HTTP/1.1 200 OK\r\nconnection:foo,Close",
        "HTTP/1.1 200 OK\r\nConnection: foo , CLOSE\t",
        "HTTP/1.1 200 OK\r\nConnection: close\r\nConnection: foo",
        "HTTP/1.1 200 OK\r\nConnection: keep-alive, close",
        "HTTP/1.0 200 OK",
        "HTTP/1.0 200 OK\r\nConnection: foo",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive, close",
      })
  void theConnectionIsClosed(String head) {
    assertConnections(CALLS, head + LENGTH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK\r\nConnection: keep-alive",
        "HTTP/1.1 200 OK\r\nConnection: closed, close-later",
        "HTTP/1.1 200 OK\r\nX-Connection: close",
        "HTTP/1.0 200 OK\r\nConnection: foo, Keep-Alive",
      })
  void theConnectionIsKept(String head) {
    assertConnections(1, head + LENGTH);
  }

  @ParameterizedTest
  @CsvSource({"1.0,4", "1.1,1"})
  void chunksOfAnOldServerEndTheConnection(String version, int connections) {
    assertConnections(
        connections,
        "HTTP/"
            + version
            + " 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\n0\r\n\r\n");
  }

  /** The server itself leaves its connections open. */
  private static void assertConnections(int count, String response) {
    try (RawServer server = RawServer.saying(bytes(response));
        HttpClient client = HttpClient.at(server.base(), Policy.limit(1), HttpOptions.standard())) {
      for (int i = 0; i < CALLS; i++) {
        client
            .api(Pages.class)
            .page()
            .map(ResponseBody::string)
            .test()
            .awaitDone(10, SECONDS)
            .assertResult("hello");
      }
      assertEquals(count, server.accepted());
    }
  }
}
