package dev.sluice.dns;

import dev.sluice.Await;
import dev.sluice.dns.wire.Packets;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server on loopback, by UDP and TCP, whose responses a test scripts. */
final class ScriptedNameServer implements AutoCloseable {
  /** Responds to one query. */
  @FunctionalInterface
  interface Script {
    void answer(ReceivedQuery received) throws IOException;
  }

  /** Sends to the client of a query. */
  @FunctionalInterface
  interface ReturnPath {
    void send(byte[] message) throws IOException;
  }

  /** A query that was received. */
  static final class ReceivedQuery {
    private final byte[] query;
    private final boolean isTcp;
    private final SocketAddress from;
    private final ReturnPath back;

    ReceivedQuery(byte[] query, boolean isTcp, SocketAddress from, ReturnPath back) {
      this.query = query;
      this.isTcp = isTcp;
      this.from = from;
      this.back = back;
    }

    byte[] query() {
      return query;
    }

    boolean isTcp() {
      return isTcp;
    }

    SocketAddress from() {
      return from;
    }

    String name() {
      return Packets.nameOf(query);
    }

    int type() {
      return Packets.typeOf(query);
    }

    boolean hasEdns() {
      return Packets.hasEdns(query);
    }

    void send(byte[] message) throws IOException {
      back.send(message);
    }

    void reply(int flags, byte[]... answers) throws IOException {
      send(Packets.reply(query, flags, answers));
    }

    byte[] address() {
      byte[] address = new byte[type() == Packets.A ? 4 : 16];
      address[0] = 10;
      return Packets.record(Packets.asked(), type(), address);
    }

    /** Answers with one address of the type asked for. */
    void found() throws IOException {
      reply(0, address());
    }
  }

  private static final int BUFFER = 4 << 20;
  private static final int BACKLOG = 50;
  private static final int MAX_BINDS = 100;

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Script script;
  private final Thread accepting;
  private final AtomicInteger asked = new AtomicInteger();

  private ScriptedNameServer(DatagramSocket udp, ServerSocket tcp, Script script)
      throws IOException {
    this.udp = udp;
    this.tcp = tcp;
    this.script = script;
    udp.setReceiveBufferSize(BUFFER);
    Thread unused = start(this::serveUdp);
    accepting = start(this::serveTcp);
  }

  static ScriptedNameServer answering(Script script) {
    return at("127.0.0.1", script);
  }

  static ScriptedNameServer at(String address, Script script) {
    try {
      InetAddress host = InetAddress.getByName(address);
      ServerSocket tcp = new ServerSocket(0, BACKLOG, host);
      for (int tries = 1; true; tries++) {
        try {
          SocketAddress same = new InetSocketAddress(host, tcp.getLocalPort());
          return new ScriptedNameServer(new DatagramSocket(same), tcp, script);
        } catch (BindException e) {
          // UDP may use this port number already.
          tcp.close();
          if (tries == MAX_BINDS) {
            throw e;
          }
          tcp = new ServerSocket(0, BACKLOG, host);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort());
  }

  /** The number of queries received. */
  int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    udp.close();
    Await.closed(tcp, accepting);
  }

  private void serveUdp() throws IOException {
    byte[] buffer = new byte[512];
    while (!udp.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      udp.receive(packet);
      byte[] query = Arrays.copyOf(buffer, packet.getLength());
      SocketAddress from = packet.getSocketAddress();
      answer(
          new ReceivedQuery(
              query, false, from, m -> udp.send(new DatagramPacket(m, m.length, from))));
    }
  }

  private void answer(ReceivedQuery received) throws IOException {
    asked.incrementAndGet();
    script.answer(received);
  }

  private void serveTcp() throws IOException {
    while (!tcp.isClosed()) {
      Socket socket = tcp.accept();
      Thread unused = start(() -> serve(socket));
    }
  }

  private void serve(Socket socket) throws IOException {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      byte[] query = in.readNBytes(in.readUnsignedShort());
      ReturnPath back =
          message -> {
            out.writeShort(message.length);
            out.write(message);
          };
      answer(new ReceivedQuery(query, true, socket.getRemoteSocketAddress(), back));
    }
  }

  /** A loop that ends when its socket is closed. */
  @FunctionalInterface
  private interface Serving {
    void serve() throws IOException;
  }

  private static Thread start(Serving serving) {
    Thread thread =
        new Thread(
            () -> {
              try {
                serving.serve();
              } catch (IOException e) {
                return; // Closed.
              }
            },
            "responder");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
