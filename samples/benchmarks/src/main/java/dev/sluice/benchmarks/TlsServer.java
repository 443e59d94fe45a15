package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A port of nginx for TLS, with a certificate for 127.0.0.1 that signs itself.
 *
 * @param port the port
 * @param certificate in PEM
 * @param key in PEM
 * @param trustStore has the certificate, for a JVM
 */
record TlsServer(int port, Path certificate, Path key, Path trustStore) {
  private static final String PASSWORD = "changeit";

  /** Empty if openssl is not installed. */
  static Optional<TlsServer> withNewKey(ScratchFolder scratch)
      throws IOException, InterruptedException {
    Optional<Path> openssl = InstalledPrograms.find("openssl");
    if (openssl.isEmpty()) {
      return Optional.empty();
    }
    Path folder = scratch.emptyFolder("tls");
    TlsServer server =
        new TlsServer(
            ServerProcess.freePort(),
            folder.resolve("certificate.pem"),
            folder.resolve("key.pem"),
            folder.resolve("trust.p12"));
    new ChildProcess(scratch).run(server.makeKey(openssl.get()));
    new ChildProcess(scratch).run(server.makeTrustStore());
    return Optional.of(server);
  }

  private List<String> makeKey(Path openssl) {
    return List.of(
        openssl.toString(),
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        key.toString(),
        "-out",
        certificate.toString());
  }

  private List<String> makeTrustStore() {
    return List.of(
        InstalledPrograms.java().resolveSibling("keytool").toString(),
        // As the JDK's own trust store: a password would cost a JVM 0.1 s at its start.
        "-J-Dkeystore.pkcs12.macAlgorithm=NONE",
        "-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE",
        "-importcert",
        "-noprompt",
        "-alias",
        "server",
        "-file",
        certificate.toString(),
        "-keystore",
        trustStore.toString(),
        "-storepass",
        PASSWORD);
  }

  /** The lines of nginx's configuration. */
  String nginx() {
    return """
        listen 127.0.0.1:%d ssl;
        ssl_protocols TLSv1.3;
        ssl_certificate %s;
        ssl_certificate_key %s;
        """
        .formatted(port, certificate, key);
  }

  /** The options of a JVM that trusts the server. */
  List<String> javaOptions() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + trustStore,
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  String url(String path) {
    return "https://127.0.0.1:" + port + "/" + path;
  }
}
