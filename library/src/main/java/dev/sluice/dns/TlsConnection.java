package dev.sluice.dns;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A connection that carries one query at a time. {@link #close} may come from any thread. */
final class TlsConnection {
  private final Socket socket;
  private final String host;
  private final int port;
  private final SSLSocketFactory sockets;
  private final AtomicBoolean closed = new AtomicBoolean();

  // Used by one thread at a time.
  private @Nullable SSLSocket tls;
  private boolean received;
  private long restsSince;

  TlsConnection(Socket socket, String host, int port, SSLSocketFactory sockets) {
    this.socket = socket;
    this.host = host;
    this.port = port;
    this.sockets = sockets;
  }

  byte[] exchange(byte[] query) throws IOException {
    received = false;
    SSLSocket connected = connected();
    ByteBuffer message = ByteBuffer.allocate(Short.BYTES + query.length);
    message.putShort((short) query.length).put(query);
    connected.getOutputStream().write(message.array());
    DataInputStream in = new DataInputStream(connected.getInputStream());
    int first = in.read();
    if (first < 0) {
      throw new EOFException("the server closed the connection");
    }
    received = true;
    byte[] response = new byte[first << Byte.SIZE | in.readUnsignedByte()];
    in.readFully(response);
    return response;
  }

  private SSLSocket connected() throws IOException {
    SSLSocket connected = tls;
    if (connected == null) {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(host, port));
      connected = (SSLSocket) sockets.createSocket(socket, host, port, true);
      SSLParameters parameters = connected.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      connected.setSSLParameters(parameters);
      connected.startHandshake();
      tls = connected;
    }
    return connected;
  }

  /** Whether a part of a response came. */
  boolean hasReceived() {
    return received;
  }

  void rest() {
    restsSince = System.nanoTime();
  }

  long idleNanos() {
    return System.nanoTime() - restsSince;
  }

  /** Closes the socket below TLS: a close of TLS waits for a write that is under way. */
  void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        socket.close();
      } catch (IOException e) {
        return; // The socket cannot be used any more either way.
      }
    }
  }
}
