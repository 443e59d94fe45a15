package dev.sluice.http;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.head;
import static dev.sluice.Answers.join;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Single;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import retrofit2.http.GET;

/** What {@link UnreadBodyTest} says, over TLS. */
@Timeout(30)
class UnreadBodyOverTlsTest {
  private static final String TRUST = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "not a secret";
  private static final byte[] NEXT = answer("200 OK", bytes("next"));
  private static final byte[] EVIL = answer("200 OK", bytes("evil"));

  @TempDir Path folder;
  private final TestCertificate certificate = TestCertificate.of("x", List.of("ip:127.0.0.1"));

  interface Pages {
    @GET("case")
    Single<ResponseBody> refused();

    @GET("next")
    Single<ResponseBody> next();
  }

  @BeforeEach
  void trustTheCertificate() throws Exception {
    Path store = folder.resolve("trust.p12");
    certificate.writeTrustStore(store, PASSWORD);
    System.setProperty(TRUST, store.toString());
    System.setProperty(TRUST + "Password", PASSWORD);
  }

  @AfterEach
  void restoreTheTrustStore() {
    System.clearProperty(TRUST);
    System.clearProperty(TRUST + "Password");
  }

  @Test
  void aRefusedHeadClosesItsConnectionAndAWholeBodyKeepsIt() throws Exception {
    byte[] refused = join(head("205 Reset Content", "Content-Length: " + EVIL.length), EVIL);
    ServerSocket listener =
        certificate
            .server()
            .getServerSocketFactory()
            .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    try (RawServer server =
            RawServer.answering(
                listener,
                "https",
                exchange -> exchange.send(exchange.path().equals("/next") ? NEXT : refused));
        HttpClient client = HttpClient.at(server.base(), Policy.limit(1), HttpOptions.standard())) {
      Pages pages = client.api(Pages.class);
      for (int i = 0; i < 2; i++) {
        assertEquals("next", said(pages.next()));
        assertEquals("next", said(pages.next()));
        assertEquals("failed", said(pages.refused()));
      }
      assertEquals("next", said(pages.next()));
      assertEquals(3, server.accepted());
    }
  }

  private static String said(Single<ResponseBody> call) {
    return call.map(ResponseBody::string)
        .onErrorReturnItem("failed")
        .test()
        .awaitDone(10, SECONDS)
        .values()
        .get(0);
  }
}
