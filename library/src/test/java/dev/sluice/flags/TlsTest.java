package dev.sluice.flags;

import static dev.sluice.Answers.status;
import static dev.sluice.flags.FlagSite.FLAG;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Answers;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.Tally;
import dev.sluice.disk.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers with a certificate for 127.0.0.1, which keytool makes for this test. */
class TlsTest {
  private static final String TRUST = "javax.net.ssl.trustStore";
  private static final char[] PASSWORD = "not a secret".toCharArray();

  @TempDir static Path keys;
  private static Path store;

  @TempDir Path folder;

  @BeforeAll
  static void makeACertificate() throws IOException, InterruptedException {
    store = keys.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                String.valueOf(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(keys.resolve("keytool.log").toFile())
            .start();
    assertEquals(0, keytool.waitFor());
  }

  @BeforeEach
  void trustTheCertificate() {
    System.setProperty(TRUST, store.toString());
    System.setProperty(TRUST + "Password", String.valueOf(PASSWORD));
  }

  @AfterEach
  void restoreTheTrustStore() {
    System.clearProperty(TRUST);
    System.clearProperty(TRUST + "Password");
  }

  @Test
  void downloadsOverTls() {
    try (RawServer server = tls(exchange -> exchange.send(FLAG))) {
      assertEquals("saved", outcome(server.base()));
    }
  }

  @Test
  void bytesThatNoRequestAskedForAreNoResponse() {
    byte[] hints = Answers.head("103 Early Hints");
    for (String last : List.of("404 Not Found", "408 Request Time-out")) {
      byte[] all = Answers.join(hints, FLAG, status(last));
      try (RawServer server = tls(exchange -> exchange.send(all))) {
        assertEquals(new Tally(20, 0, 0), tally(server));
      }
    }
  }

  @Test
  void aConnectionOverTlsIsUsedAgain() {
    try (RawServer server = tls(exchange -> exchange.send(FLAG))) {
      assertEquals(new Tally(20, 0, 0), tally(server));
      assertEquals(1, server.accepted());
    }
  }

  private Tally tally(RawServer server) {
    FlagOptions one = FlagOptions.of(Policy.limit(1));
    try (Flags flags = Flags.at(server.base(), Folder.at(folder), one)) {
      return flags
          .downloadAll(FlagSite.codes(20))
          .reduce(Tally.ZERO, Tally::plus)
          .test()
          .awaitDone(10, SECONDS)
          .values()
          .get(0);
    }
  }

  @Test
  void aRedirectFromHttpsToHttpIsRefused() {
    try (RawServer plain = RawServer.saying(FLAG);
        RawServer server = tls(exchange -> exchange.send(to(plain)))) {
      assertEquals(
          "GET %sbr/br.gif: redirected from https to %s, refused"
              .formatted(server.base(), plain.base()),
          outcome(server.base()));
      assertEquals(0, plain.accepted());
    }
  }

  @Test
  void aRedirectFromHttpToHttpsIsFollowed() {
    try (RawServer server = tls(exchange -> exchange.send(FLAG));
        RawServer plain = RawServer.answering(exchange -> exchange.send(to(server)))) {
      assertEquals("saved", outcome(plain.base()));
    }
  }

  @Test
  void aRedirectThatReturnsToHttpIsRefused() {
    try (RawServer plain = RawServer.saying(FLAG);
        RawServer server = tls(exchange -> exchange.send(to(plain)));
        RawServer first = RawServer.saying(to(server))) {
      assertTrue(outcome(first.base()).endsWith("refused"));
      assertEquals(0, plain.accepted());
    }
  }

  @Test
  void anUntrustedCertificateIsAFailure() {
    restoreTheTrustStore();
    try (RawServer server = tls(exchange -> exchange.send(FLAG))) {
      assertTrue(outcome(server.base()).contains("certification path"), outcome(server.base()));
      assertEquals(List.of(), server.paths());
    }
  }

  @Test
  void aTrustStoreThatCannotBeReadIsAFailure() throws IOException {
    Path broken = Files.writeString(keys.resolve("broken"), "no store");
    try (RawServer server = tls(exchange -> exchange.send(FLAG))) {
      System.setProperty(TRUST, broken.toString());
      String said = outcome(server.base());
      assertTrue(said.contains("no TLS on this JVM"), said);
    }
  }

  @Test
  void aCertificateForAnotherHostIsAFailure() {
    try (RawServer server = tls(exchange -> exchange.send(FLAG))) {
      URI other = URI.create(server.base().toString().replace("127.0.0.1", "localhost"));
      assertTrue(outcome(other).contains("No name matching localhost"), outcome(other));
      assertEquals(List.of(), server.paths());
    }
  }

  private String outcome(URI base) {
    try (Flags flags = Flags.at(base, Folder.at(folder), FlagOptions.standard())) {
      return flags
          .downloads()
          .run(OneFlag.BR)
          .test()
          .awaitDone(10, SECONDS)
          .values()
          .get(0)
          .fold(s -> "saved", n -> "not found", f -> String.valueOf(f.cause().getMessage()));
    }
  }

  private static byte[] to(RawServer server) {
    return status("302 Found", "Location: " + server.base());
  }

  private static RawServer tls(RawServer.Script script) {
    try {
      return RawServer.answering(listener(), "https", script);
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static ServerSocket listener() throws IOException, GeneralSecurityException {
    KeyStore keyStore = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keyStore.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keyStore, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), null, null);
    SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    // Would speak HTTP/2 if only the client asked for it; the script cannot.
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
    socket.setSSLParameters(parameters);
    return socket;
  }
}
