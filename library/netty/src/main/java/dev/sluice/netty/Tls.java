package dev.sluice.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.2 and 1.3 with the trust anchors of the JDK: by BoringSSL if it is on the class path, else
 * by the JDK. Made by the first https connection.
 */
final class Tls {
  private final Object trusting = new Object();
  private @Nullable TrustManagerFactory trusted;
  private @Nullable SslContext made;

  /** Blocks. What fails here fails again for the first connection, which says so. */
  void load() {
    try {
      SslContext unused = context();
    } catch (IOException e) {
      return;
    }
  }

  /** The part of the JDK, likewise: its trust anchors, and its ciphers, which Netty looks at. */
  void loadJdk() {
    try {
      SSLContext ciphers = SSLContext.getInstance("TLS");
      ciphers.init(null, trust().getTrustManagers(), null);
      SSLParameters unused = ciphers.getSupportedSSLParameters();
      // The check of a host name reads all anchors of the JDK once more, whichever are trusted.
      Class<?> unusedAnchors = Class.forName("sun.security.util.AnchorCertificates");
    } catch (GeneralSecurityException | IOException | ClassNotFoundException e) {
      return;
    }
  }

  /** Blocks: reads the trust anchors. */
  SslHandler handler(Origin origin, ByteBufAllocator buffers) throws IOException {
    SslHandler handler = context().newHandler(buffers, origin.host(), origin.port());
    // The attempt timeout of the policy is the clock.
    handler.setHandshakeTimeoutMillis(0);
    return handler;
  }

  private synchronized SslContext context() throws IOException {
    SslContext context = made;
    if (context == null) {
      context = make();
      made = context;
    }
    return context;
  }

  private SslContext make() throws IOException {
    try {
      // First: another thread may be at the anchors.
      SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
      return SslContextBuilder.forClient()
          .sslProvider(provider)
          .protocols("TLSv1.3", "TLSv1.2")
          .trustManager(trust())
          .endpointIdentificationAlgorithm("HTTPS")
          .build();
    } catch (IOException | RuntimeException e) {
      throw new IOException("no TLS on this JVM: " + e.getMessage(), e);
    }
  }

  private TrustManagerFactory trust() throws IOException {
    synchronized (trusting) {
      TrustManagerFactory trust = trusted;
      if (trust == null) {
        try {
          trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
          trust.init((KeyStore) null);
        } catch (GeneralSecurityException e) {
          throw new IOException(e.getMessage(), e);
        }
        trusted = trust;
      }
      return trust;
    }
  }
}
