package dev.sluice.samples.servers.http;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The listening socket of a server. During an outage there is none. */
final class Listener {
  /** How many connections may wait to be accepted. */
  private static final int BACKLOG = 4096;

  private final Selector selector;
  private final SocketAddress address;
  private ServerSocketChannel channel;
  private SelectionKey key;

  /**
   * Takes a channel over.
   *
   * @param channel is bound already
   */
  Listener(ServerSocketChannel channel, Selector selector) throws IOException {
    this.channel = channel;
    this.selector = selector;
    address = channel.getLocalAddress();
    key = register(channel);
  }

  static ServerSocketChannel open(SocketAddress address) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      return channel.bind(address, BACKLOG);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private SelectionKey register(ServerSocketChannel opened) throws IOException {
    opened.configureBlocking(false);
    return opened.register(selector, SelectionKey.OP_ACCEPT);
  }

  boolean has(SelectionKey other) {
    return key == other;
  }

  /** Gives every waiting connection to this server. */
  void accept(Accepted server) {
    try {
      for (var client = channel.accept(); client != null; client = channel.accept()) {
        server.add(client);
      }
    } catch (IOException e) {
      // Probably out of file descriptors. Accepting starts again at the next tick.
      key.interestOps(0);
    }
  }

  /** Accepts connections again after an error. */
  void acceptAgain() {
    if (key.isValid()) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  /** From now on connections are refused. */
  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The socket is gone either way.
    }
  }

  /** Whether it listens, at the same address as before. */
  boolean isOpenAgain() {
    try {
      channel = open(address);
      key = register(channel);
      return true;
    } catch (IOException e) {
      // Another program has taken the port meanwhile.
      return false;
    }
  }

  /** Takes a connection. */
  @FunctionalInterface
  interface Accepted {
    void add(SocketChannel client) throws IOException;
  }
}
