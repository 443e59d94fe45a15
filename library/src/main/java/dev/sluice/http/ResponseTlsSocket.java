package dev.sluice.http;

import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import okhttp3.Request;

/** A TLS socket that passes on the responses to requests and nothing else. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // All state is in the wrapped socket.
final class ResponseTlsSocket extends SSLSocket implements ResponseSocket {
  private final SSLSocket tls;
  private final Socket below;
  private final ResponseFilter filter;
  private final InputStream input;
  private final OutputStream output;

  /**
   * Wraps a TLS socket.
   *
   * @param below the socket that carries its records
   */
  ResponseTlsSocket(SSLSocket tls, Socket below) throws IOException {
    this.tls = tls;
    this.below = below;
    InputStream decrypted = below instanceof BoundedSocket b ? whole(tls, b) : tls.getInputStream();
    InputStream records = below.getInputStream();
    LostRequests lost = below instanceof BoundedSocket b ? b.lost() : new LostRequests();
    filter =
        new ResponseFilter(
            this, decrypted, () -> decrypted.available() + records.available(), lost);
    input = new FilteredInput(decrypted, filter);
    output =
        new FilterOutputStream(tls.getOutputStream()) {
          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            filter.beforeWrite();
            out.write(bytes, offset, length);
          }
        };
  }

  /**
   * Fails at an end without a close_notify: an attacker on the way may have cut the body off (RFC
   * 9112, section 9.8). The JDK takes it for a proper end, but has then read the end of the TCP
   * stream. After a close_notify it reads no further.
   */
  private static InputStream whole(SSLSocket tls, BoundedSocket below) throws IOException {
    return new BulkInput(tls.getInputStream()) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read < 0 && below.isAtEnd()) {
          throw new EOFException("unexpected end of stream, without a TLS close_notify");
        }
        return read;
      }
    };
  }

  @Override
  public void expect(Request request) {
    if (below instanceof BoundedSocket bounded) {
      bounded.bound(request);
    }
    filter.expect(request);
  }

  @Override
  public void bodyEnded() {
    filter.bodyEnded();
  }

  @Override
  public InputStream getInputStream() {
    return input;
  }

  @Override
  public OutputStream getOutputStream() {
    return output;
  }

  /** Does nothing when the socket is closed, as that of {@link BoundedSocket}. */
  @Override
  public void setSoTimeout(int millis) throws SocketException {
    try {
      tls.setSoTimeout(millis);
    } catch (SocketException e) {
      if (!isClosed()) {
        throw e;
      }
    }
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return tls.getEnabledCipherSuites();
  }

  @Override
  public String[] getSupportedProtocols() {
    return tls.getSupportedProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return tls.getEnabledProtocols();
  }

  @Override
  public SSLSession getSession() {
    return tls.getSession();
  }

  @Override
  public SSLSession getHandshakeSession() {
    return tls.getHandshakeSession();
  }

  @Override
  public boolean getUseClientMode() {
    return tls.getUseClientMode();
  }

  @Override
  public boolean getNeedClientAuth() {
    return tls.getNeedClientAuth();
  }

  @Override
  public boolean getWantClientAuth() {
    return tls.getWantClientAuth();
  }

  @Override
  public boolean getEnableSessionCreation() {
    return tls.getEnableSessionCreation();
  }

  @Override
  public SSLParameters getSSLParameters() {
    return tls.getSSLParameters();
  }

  @Override
  public String getApplicationProtocol() {
    return tls.getApplicationProtocol();
  }

  @Override
  public String getHandshakeApplicationProtocol() {
    return tls.getHandshakeApplicationProtocol();
  }

  @Override
  public InetAddress getInetAddress() {
    return tls.getInetAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return tls.getLocalAddress();
  }

  @Override
  public int getPort() {
    return tls.getPort();
  }

  @Override
  public int getLocalPort() {
    return tls.getLocalPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return tls.getRemoteSocketAddress();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return tls.getLocalSocketAddress();
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return tls.getSoTimeout();
  }

  @Override
  public boolean isConnected() {
    return tls.isConnected();
  }

  @Override
  public boolean isBound() {
    return tls.isBound();
  }

  @Override
  public boolean isClosed() {
    return tls.isClosed() || below.isClosed();
  }

  @Override
  public boolean isInputShutdown() {
    return tls.isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return tls.isOutputShutdown();
  }

  @Override
  public String toString() {
    return tls.toString();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    tls.setEnabledCipherSuites(suites);
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    tls.setEnabledProtocols(protocols);
  }

  @Override
  public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
    tls.addHandshakeCompletedListener(listener);
  }

  @Override
  public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
    tls.removeHandshakeCompletedListener(listener);
  }

  @Override
  public void startHandshake() throws IOException {
    tls.startHandshake();
  }

  @Override
  public void setUseClientMode(boolean mode) {
    tls.setUseClientMode(mode);
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    tls.setNeedClientAuth(need);
  }

  @Override
  public void setWantClientAuth(boolean want) {
    tls.setWantClientAuth(want);
  }

  @Override
  public void setEnableSessionCreation(boolean flag) {
    tls.setEnableSessionCreation(flag);
  }

  @Override
  public void setSSLParameters(SSLParameters parameters) {
    tls.setSSLParameters(parameters);
  }

  @Override
  public void close() throws IOException {
    tls.close();
  }

  @Override
  public void shutdownInput() throws IOException {
    tls.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    tls.shutdownOutput();
  }
}
