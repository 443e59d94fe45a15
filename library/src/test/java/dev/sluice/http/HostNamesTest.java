package dev.sluice.http;

import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.ok;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import retrofit2.http.GET;

/** For which hosts a certificate is good. */
class HostNamesTest {
  private static final String TRUST = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "not a secret";
  private static final byte[] HELLO = ok("text/plain", bytes("hello"));

  @TempDir Path folder;

  interface Pages {
    @GET("x")
    Maybe<ResponseBody> page();
  }

  @AfterEach
  void restoreTheTrustStore() {
    System.clearProperty(TRUST);
    System.clearProperty(TRUST + "Password");
  }

  /**
   * The names of a certificate are parted by blanks; K is the Kelvin sign, which lower-cases to k.
   */
  @ParameterizedTest(name = "{0} for {2}, common name {1}: {3}")
  @CsvSource({
    "dns:a.test, x, a.test, accepted",
    "dns:a.test, x, A.TEST, accepted",
    "dns:b.test dns:a.test, x, a.test, accepted",
    "dns:b.test, x, a.test, refused",
    "dns:b.test, a.test, a.test, refused",
    "'', a.test, a.test, refused",
    "ip:127.0.0.1, a.test, a.test, refused",
    "dns:*.a.test, x, www.a.test, accepted",
    "dns:*.a.test, x, a.test, refused",
    "dns:*.a.test, x, b.www.a.test, refused",
    "dns:www.*.test, x, www.a.test, refused",
    "dns:*, x, a.test, refused",
    "ip:127.0.0.1, x, 127.0.0.1, accepted",
    "ip:127.0.0.2, x, 127.0.0.1, refused",
    "dns:127.0.0.1, 127.0.0.1, 127.0.0.1, refused",
    "ip:::1, x, [::1], accepted",
    "ip:::2, x, [::1], refused",
    "dns:xn--bcher-kva.test, x, bücher.test, accepted",
    "dns:bücher.test, x, bücher.test, refused",
    "dns:\u212aey.test, x, key.test, refused",
    "dns:key.test dns:\u212aey.test, x, key.test, refused",
    "'', \u212aey.test, key.test, refused"
  })
  void aCertificateIsGoodForItsOwnNames(
      String names, String commonName, String host, String expected) throws Exception {
    TestCertificate certificate =
        TestCertificate.of(commonName, names.isEmpty() ? List.of() : List.of(names.split(" ", -1)));
    Path store = folder.resolve("trust.p12");
    certificate.writeTrustStore(store, PASSWORD);
    System.setProperty(TRUST, store.toString());
    System.setProperty(TRUST + "Password", PASSWORD);
    SSLContext own = SSLContext.getInstance("TLS");
    X509TrustManager trust = certificate.trust();
    own.init(null, new TrustManager[] {trust}, null);
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      assertEquals(expected, ask(certificate, version, host, b -> b), version);
      assertEquals(
          expected,
          ask(certificate, version, host, b -> b.sslSocketFactory(own.getSocketFactory(), trust)),
          version + ", the user's own TLS");
    }
  }

  @Test
  void theJdkRefusesDuringTheHandshake() throws Exception {
    TestCertificate certificate = TestCertificate.of("a.test", List.of("dns:b.test"));
    Path store = folder.resolve("trust.p12");
    certificate.writeTrustStore(store, PASSWORD);
    System.setProperty(TRUST, store.toString());
    System.setProperty(TRUST + "Password", PASSWORD);
    try (RawServer server = server(certificate, "TLSv1.3");
        HttpClient client = client(server, "a.test", b -> b)) {
      client
          .api(Pages.class)
          .page()
          .test()
          .awaitDone(10, SECONDS)
          .assertError(
              e -> String.valueOf(e.getMessage()).contains("No subject alternative DNS name"));
    }
  }

  @Test
  void aVerifierOfTheUserReplacesTheChecks() throws Exception {
    TestCertificate certificate = TestCertificate.of("x", List.of("dns:b.test"));
    Path store = folder.resolve("trust.p12");
    certificate.writeTrustStore(store, PASSWORD);
    System.setProperty(TRUST, store.toString());
    System.setProperty(TRUST + "Password", PASSWORD);
    assertEquals(
        "accepted",
        ask(
            certificate,
            "TLSv1.3",
            "a.test",
            b -> b.hostnameVerifier((host, session) -> host.equals("a.test"))));
  }

  private static String ask(
      TestCertificate certificate,
      String version,
      String host,
      UnaryOperator<OkHttpClient.Builder> change)
      throws GeneralSecurityException, IOException {
    try (RawServer server = server(certificate, version);
        HttpClient client = client(server, host, change)) {
      var page = client.api(Pages.class).page().test().awaitDone(10, SECONDS);
      boolean accepted = !page.values().isEmpty();
      assertEquals(accepted ? 1 : 0, server.paths().size(), "requests that were sent");
      return accepted ? "accepted" : "refused";
    }
  }

  private static HttpClient client(
      RawServer server, String host, UnaryOperator<OkHttpClient.Builder> change) {
    List<InetAddress> here = List.of(InetAddress.getLoopbackAddress());
    return HttpClient.at(
        URI.create("https://" + host + ":" + server.base().getPort() + "/"),
        Policy.limit(1),
        HttpOptions.standard().withOkHttp(builder -> change.apply(builder.dns(name -> here))));
  }

  private static RawServer server(TestCertificate certificate, String version)
      throws GeneralSecurityException, IOException {
    ServerSocket listener = certificate.server().getServerSocketFactory().createServerSocket(0);
    ((SSLServerSocket) listener).setEnabledProtocols(new String[] {version});
    return RawServer.answering(listener, "https", exchange -> exchange.send(HELLO));
  }
}
