package dev.sluice.samples.mojifinder;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.rxjava3.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Vert.x as these servers want it: nothing on the disk, and no names asked for over the network.
 */
final class EventLoops {
  /** Held here, since a logger that nobody holds forgets its level. */
  private static final Logger DOOR = Logger.getLogger("io.netty.bootstrap.ServerBootstrap");

  /** How long answers under way may take once a server is to stop. */
  private static final long GRACE_MILLIS = 1_500;

  private EventLoops() {}

  static Vertx start() {
    // Its own resolver would read this machine's DNS settings, and no server here needs one.
    System.setProperty("vertx.disableDnsResolver", "true");
    // Who comes while the door closes is turned away, which needs no stack trace.
    DOOR.setLevel(Level.OFF);
    return Vertx.vertx(
        new VertxOptions()
            .setUseDaemonThread(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }

  /**
   * Listens, and waits until that is so.
   *
   * @throws IOException if it cannot; the message says where
   */
  static void listen(
      BiFunction<Integer, String, Single<?>> listening, InetAddress address, int port)
      throws IOException {
    String host = address.getHostAddress();
    try {
      listening.apply(port, host).ignoreElement().blockingAwait();
    } catch (RuntimeException e) {
      throw new IOException(
          "cannot listen on " + host + " port " + port + ": " + e.getMessage(), e);
    }
  }

  /** Shuts the server down, the door first, then its loops. */
  static void close(Vertx vertx, BiFunction<Long, TimeUnit, Completable> shutdown) {
    Completable all =
        shutdown.apply(GRACE_MILLIS, MILLISECONDS).onErrorComplete().andThen(vertx.rxClose());
    // A client that does not read can hold up even its own end, and must not hold up ours.
    boolean unused = all.onErrorComplete().blockingAwait(2 * GRACE_MILLIS, MILLISECONDS);
  }
}
