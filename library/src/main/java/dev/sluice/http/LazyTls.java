package dev.sluice.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The JDK's own TLS, made when the first https connection needs it: OkHttp would read the whole
 * trust store when a client is built, which a run over http never looks at.
 */
final class LazyTls extends SSLSocketFactory {

  /** The holder idiom: the class, and with it the trust store, is loaded at the first use. */
  private static final class Platform {
    static final X509TrustManager TRUST = trust();
    static final SSLSocketFactory SOCKETS = sockets();

    private static X509TrustManager trust() {
      try {
        TrustManagerFactory factory =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
          if (manager instanceof X509TrustManager trust) {
            return trust;
          }
        }
        throw new IllegalStateException("this JDK has no X.509 trust manager");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this JDK has no trust store to use", e);
      }
    }

    private static SSLSocketFactory sockets() {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {TRUST}, null);
        return context.getSocketFactory();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this JDK has no TLS", e);
      }
    }
  }

  /** What OkHttp wants beside the sockets. */
  static final class Trust implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      Platform.TRUST.checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      Platform.TRUST.checkServerTrusted(chain, type);
    }

    /** OkHttp asks at once, and only for pinned certificates, of which there are none. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return Platform.SOCKETS.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return Platform.SOCKETS.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return Platform.SOCKETS.createSocket(socket, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return Platform.SOCKETS.createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return Platform.SOCKETS.createSocket(host, port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return Platform.SOCKETS.createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return Platform.SOCKETS.createSocket(host, port, local, localPort);
  }
}
