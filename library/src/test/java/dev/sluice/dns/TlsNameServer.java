package dev.sluice.dns;

import dev.sluice.Await;
import dev.sluice.dns.ScriptedNameServer.ReceivedQuery;
import dev.sluice.dns.ScriptedNameServer.Script;
import dev.sluice.dns.wire.Packets;
import dev.sluice.http.TestCertificate;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A name server on loopback over TLS, whose responses a test scripts. */
final class TlsNameServer implements AutoCloseable {
  private static final int BACKLOG = 200;

  private final ServerSocket listener;
  private final Script script;

  /** Sends at most so many octets of a response and its length. */
  private final int octets;

  private final Thread accepting;

  // Guarded by this.
  private int accepted;
  private int closed;
  private int asked;

  private TlsNameServer(ServerSocket listener, Script script, int octets) {
    this.listener = listener;
    this.script = script;
    this.octets = octets;
    accepting = start(this::accept);
  }

  static TlsNameServer answering(TestCertificate certificate, Script script) throws Exception {
    return cuttingOff(Integer.MAX_VALUE, certificate, script);
  }

  static TlsNameServer cuttingOff(int octets, TestCertificate certificate, Script script)
      throws Exception {
    ServerSocket listener =
        certificate
            .server()
            .getServerSocketFactory()
            .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    return new TlsNameServer(listener, script, octets);
  }

  int port() {
    return listener.getLocalPort();
  }

  synchronized int accepted() {
    return accepted;
  }

  synchronized int asked() {
    return asked;
  }

  /** Waits until this many connections are closed. */
  synchronized void awaitClosed(int count) throws InterruptedException {
    while (closed < count) {
      wait();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        synchronized (this) {
          accepted++;
        }
        Thread unused = start(() -> serve(socket));
      }
    } catch (IOException e) {
      return; // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        byte[] query = in.readNBytes(in.readUnsignedShort());
        synchronized (this) {
          asked++;
        }
        script.answer(
            new ReceivedQuery(
                query,
                true,
                socket.getRemoteSocketAddress(),
                message -> {
                  byte[] segment = Packets.join(Packets.u16(message.length), message);
                  out.write(segment, 0, Math.min(segment.length, octets));
                }));
      }
    } catch (IOException e) {
      return; // The client has closed the connection, or the script wants to.
    } finally {
      noteClosed();
    }
  }

  private synchronized void noteClosed() {
    closed++;
    notifyAll();
  }

  private static Thread start(Runnable task) {
    Thread thread = new Thread(task, "tls-responder");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() {
    Await.closed(listener, accepting);
  }
}
