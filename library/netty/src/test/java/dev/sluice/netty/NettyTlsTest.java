package dev.sluice.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Policy;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;

/** Certificates, host names and the end of a body over TLS. */
@Timeout(60)
class NettyTlsTest {
  private static final String TRUST = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "not a secret";
  private static final String WHOLE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole";
  private static final String UNTIL_CLOSE = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil";

  @TempDir Path folder;

  interface Api {
    @GET("x")
    Maybe<ResponseBody> get();
  }

  @AfterEach
  void restoreTheTrustStore() {
    System.clearProperty(TRUST);
    System.clearProperty(TRUST + "Password");
  }

  private void trust(Path store) {
    System.setProperty(TRUST, store.toString());
    System.setProperty(TRUST + "Password", PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aTrustedServerIsAsked(String version) throws Exception {
    Path keys = keys("ip:127.0.0.1");
    trust(keys);
    assertEquals("whole", said(keys, version, WHOLE, true));
    assertEquals("whole", said(keys, version, WHOLE, false));
  }

  @Test
  void anUnknownCertificateIsRefused() throws Exception {
    String said = said(keys("ip:127.0.0.1"), "TLSv1.3", WHOLE, true);
    assertTrue(said.contains("PKIX"), said);
  }

  @Test
  void aCertificateForAnotherHostIsRefused() throws Exception {
    Path keys = keys("dns:other.example");
    trust(keys);
    String said = said(keys, "TLSv1.3", WHOLE, true);
    assertTrue(said.contains("127.0.0.1"), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aBodyWithoutALengthIsWholeOnlyAfterACloseNotify(String version) throws Exception {
    Path keys = keys("ip:127.0.0.1");
    trust(keys);
    assertEquals("until", said(keys, version, UNTIL_CLOSE, true));
    String cut = said(keys, version, UNTIL_CLOSE, false);
    assertTrue(cut.contains("without a TLS close_notify"), cut);
  }

  /** A key pair whose certificate has this name; a trust store of the same certificate, too. */
  private Path keys(String name) throws IOException, InterruptedException {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertEquals(0, keytool.waitFor(), () -> "keytool failed");
    return store;
  }

  private static String said(Path keys, String version, String response, boolean closeNotify)
      throws Exception {
    SSLContext context = context(keys);
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(() -> serve(listener, context, version, response, closeNotify), "tls-server");
      server.setDaemon(true);
      server.start();
      URI base = URI.create("https://127.0.0.1:" + listener.getLocalPort() + "/");
      HttpOptions netty = HttpOptions.standard().withTransport(NettyTransport::open);
      try (HttpClient client = HttpClient.at(base, Policy.limit(1), netty)) {
        return client
            .api(Api.class)
            .get()
            .map(ResponseBody::string)
            .onErrorReturn(e -> String.valueOf(e.getMessage()) + " " + e.getCause())
            .test()
            .awaitDone(20, SECONDS)
            .values()
            .get(0);
      }
    }
  }

  private static SSLContext context(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static void serve(
      ServerSocket listener,
      SSLContext context,
      String version,
      String response,
      boolean closeNotify) {
    try (Socket socket = listener.accept()) {
      SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", 0, false);
      tls.setUseClientMode(false);
      tls.setEnabledProtocols(new String[] {version});
      readHead(tls.getInputStream());
      tls.getOutputStream().write(response.getBytes(ISO_8859_1));
      if (closeNotify) {
        tls.shutdownOutput();
      }
      socket.shutdownOutput();
      // The client closes the connection; before that, a reset could drop what was sent.
      socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      return; // The client has refused the certificate, or left.
    }
  }

  private static void readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("the client has left");
      }
      head.append((char) octet);
    }
  }
}
