package dev.sluice.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A certificate with any names, signed by its own key. Written byte by byte (RFC 5280, X.690),
 * because keytool refuses the names that some tests need.
 *
 * @param keys the key pair
 * @param certificate the certificate
 */
public record TestCertificate(KeyPair keys, Certificate certificate) {
  private static final char[] PASSWORD = "not a secret".toCharArray();
  private static final byte[] ECDSA_WITH_SHA256 =
      der(0x30, new byte[] {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2});
  private static final byte[] COMMON_NAME = {6, 3, 0x55, 4, 3};
  private static final byte[] ALTERNATIVE_NAMES = {6, 3, 0x55, 0x1d, 0x11};

  /**
   * {@return a certificate for these names}
   *
   * @param commonName the common name
   * @param names {@code dns:NAME} or {@code ip:ADDRESS}; with none the extension is missing
   */
  public static TestCertificate of(String commonName, List<String> names) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair keys = generator.generateKeyPair();
      byte[] content = content(commonName, names, keys);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(content);
      byte[] whole = der(0x30, content, ECDSA_WITH_SHA256, der(3, new byte[1], signature.sign()));
      return new TestCertificate(
          keys,
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole)));
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** TLS of a server that shows this certificate. */
  public SSLContext server() throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setKeyEntry("server", keys.getPrivate(), PASSWORD, new Certificate[] {certificate});
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    // With null, the JDK would load the default trust store, which tests change: while one thread
    // loads it, another may still get the certificates of the store before.
    context.init(own.getKeyManagers(), new TrustManager[] {trust()}, null);
    return context;
  }

  /** Trusts this certificate alone. */
  public X509TrustManager trust() throws GeneralSecurityException, IOException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trustStore());
    return (X509TrustManager) trust.getTrustManagers()[0];
  }

  /** Writes a trust store with this certificate alone. */
  public void writeTrustStore(Path file, String password)
      throws GeneralSecurityException, IOException {
    try (var out = Files.newOutputStream(file)) {
      trustStore().store(out, password.toCharArray());
    }
  }

  private KeyStore trustStore() throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setCertificateEntry("server", certificate);
    return store;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static byte[] content(String commonName, List<String> names, KeyPair keys)
      throws IOException {
    byte[] name =
        der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, commonName.getBytes(UTF_8)))));
    byte[] validity =
        der(0x30, der(0x17, ascii("200101000000Z")), der(0x17, ascii("491231000000Z")));
    return der(
        0x30,
        der(0xa0, der(2, new byte[] {2})),
        der(2, new byte[] {1}),
        ECDSA_WITH_SHA256,
        name,
        validity,
        name,
        keys.getPublic().getEncoded(),
        names.isEmpty() ? new byte[0] : der(0xa3, der(0x30, alternativeNames(names))));
  }

  private static byte[] alternativeNames(List<String> names) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : names) {
      all.writeBytes(
          name.startsWith("ip:")
              ? der(0x87, InetAddress.getByName(name.substring(3)).getAddress())
              : der(0x82, name.substring(4).getBytes(UTF_8)));
    }
    return der(0x30, ALTERNATIVE_NAMES, der(4, der(0x30, all.toByteArray())));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    int length = content.size();
    if (length > 255) {
      whole.write(0x82);
      whole.write(length >> 8);
    } else if (length > 127) {
      whole.write(0x81);
    }
    whole.write(length);
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }
}
