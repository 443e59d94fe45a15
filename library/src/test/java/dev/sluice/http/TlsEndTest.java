package dev.sluice.http;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.head;
import static dev.sluice.Answers.join;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Policy;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;

/** How a body ends that has neither a length nor chunks (RFC 9112, section 9.8). */
class TlsEndTest {
  private static final String TRUST = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "not a secret";

  @TempDir Path folder;
  private final TestCertificate certificate = TestCertificate.of("x", List.of("ip:127.0.0.1"));

  interface Pages {
    @GET("x")
    Maybe<ResponseBody> page();
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

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aBodyIsWholeOnlyAfterACloseNotify(String version) throws Exception {
    byte[] open = join(head("200 OK", "Connection: close"), bytes("half"));
    assertEquals("half", said(version, open, true));
    String cut = said(version, open, false);
    assertTrue(cut.contains("without a TLS close_notify"), cut);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aBodyWithALengthNeedsNoCloseNotify(String version) throws Exception {
    assertEquals("whole", said(version, answer("200 OK", bytes("whole")), false));
  }

  private String said(String version, byte[] response, boolean closeNotify) throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(() -> serve(listener, version, response, closeNotify), "tls-server");
      server.start();
      try (HttpClient client =
          HttpClient.at(
              URI.create("https://127.0.0.1:" + listener.getLocalPort() + "/"),
              Policy.limit(1),
              HttpOptions.standard())) {
        return client
            .api(Pages.class)
            .page()
            .map(ResponseBody::string)
            .onErrorReturn(e -> String.valueOf(e.getMessage()))
            .test()
            .awaitDone(10, SECONDS)
            .values()
            .get(0);
      } finally {
        server.join(10_000);
      }
    }
  }

  private void serve(ServerSocket listener, String version, byte[] response, boolean closeNotify) {
    try (Socket socket = listener.accept()) {
      SSLSocketFactory factory = certificate.server().getSocketFactory();
      SSLSocket tls = (SSLSocket) factory.createSocket(socket, "127.0.0.1", 0, false);
      tls.setUseClientMode(false);
      tls.setEnabledProtocols(new String[] {version});
      readHead(tls.getInputStream());
      tls.getOutputStream().write(response);
      if (closeNotify) {
        tls.shutdownOutput();
      }
      socket.shutdownOutput();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
  }
}
