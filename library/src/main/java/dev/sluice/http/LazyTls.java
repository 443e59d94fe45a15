package dev.sluice.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's TLS, made by the first https connection. OkHttp would read the whole trust store when a
 * client is built, also for a run over http only.
 */
final class LazyTls extends SSLSocketFactory {
  private static final String UNSUPPORTED = "only TLS over a connected socket is supported";

  private volatile boolean namesAreChecked = true;
  private @Nullable SSLSocketFactory made;

  /** For a host name verifier of the user, which takes the place of the JDK's check. */
  void leaveNamesToTheVerifier() {
    namesAreChecked = false;
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    SSLSocket tls = (SSLSocket) made().createSocket(socket, host, port, autoClose);
    if (namesAreChecked) {
      // The JDK compares the host with the certificate during the handshake (RFC 2818).
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
    }
    return new ResponseTlsSocket(tls, socket);
  }

  private synchronized SSLSocketFactory made() throws IOException {
    SSLSocketFactory factory = made;
    if (factory == null) {
      factory = make();
      made = factory;
    }
    return factory;
  }

  private static SSLSocketFactory make() throws IOException {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init((KeyStore) null);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS on this JVM: " + e.getMessage(), e);
    }
  }

  @Override
  public String[] getDefaultCipherSuites() {
    throw new UnsupportedOperationException(UNSUPPORTED);
  }

  @Override
  public String[] getSupportedCipherSuites() {
    throw new UnsupportedOperationException(UNSUPPORTED);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException(UNSUPPORTED);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException(UNSUPPORTED);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException(UNSUPPORTED);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException(UNSUPPORTED);
  }

  /**
   * OkHttp asks for a trust manager beside the sockets, for pinned certificates. There are none, so
   * it is never called. The sockets have the trust managers of the JDK.
   */
  static final class Trust implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("not used: the sockets check certificates");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("not used: the sockets check certificates");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
