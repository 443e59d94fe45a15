package dev.sluice.dns;

import dev.sluice.Await;
import dev.sluice.dns.ScriptedNameServer.ReceivedQuery;
import dev.sluice.dns.ScriptedNameServer.Script;
import dev.sluice.http.TestCertificate;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A name server on loopback over TLS, whose responses a test scripts. */
final class TlsNameServer implements AutoCloseable {
  private static final int BACKLOG = 200;

  private final ServerSocket listener;
  private final Script script;
  private final Thread accepting;

  // Guarded by this.
  private int accepted;
  private int closed;
  private int asked;

  private TlsNameServer(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
    accepting = start(this::accept);
  }

  static TlsNameServer answering(TestCertificate certificate, Script script) throws Exception {
    ServerSocket listener =
        certificate
            .server()
            .getServerSocketFactory()
            .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    return new TlsNameServer(listener, script);
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
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
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
                  out.writeShort(message.length);
                  out.write(message);
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
