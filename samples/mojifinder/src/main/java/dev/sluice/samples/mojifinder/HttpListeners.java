package dev.sluice.samples.mojifinder;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.rxjava3.core.AbstractVerticle;
import io.vertx.rxjava3.core.RxHelper;
import io.vertx.rxjava3.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * Vert.x as these servers want it: a loop for each processor, and a listener on each loop; they
 * share the port, and clients come to them in turns. Nothing on the disk, and no names asked for
 * over the network.
 */
final class HttpListeners implements AutoCloseable {
  /**
   * So much the system keeps of answers that a client has not read: left to itself it takes some
   * megabytes of each, and to make these for a thousand at once is seconds of work for nobody.
   */
  static final int SEND_BUFFER_BYTES = 128 * 1024;

  /** Held here, since a logger that nobody holds forgets its level. */
  private static final Logger DOOR = Logger.getLogger("io.netty.bootstrap.ServerBootstrap");

  /** How long answers under way may take once a server is to stop. */
  private static final long GRACE_MILLIS = 1_500;

  /** Any port that is free, but the same for all: what Vert.x means by a negative one. */
  private static final int SAME_FREE_PORT = -1;

  private final Vertx vertx;
  private final List<Listener> listeners;

  private HttpListeners(Vertx vertx, List<Listener> listeners) {
    this.vertx = vertx;
    this.listeners = listeners;
  }

  static HttpListeners of(Function<Vertx, Listener> listener) {
    // Its own resolver would read this machine's DNS settings, and no server here needs one.
    System.setProperty("vertx.disableDnsResolver", "true");
    // Who comes while the door closes is turned away, which needs no stack trace.
    DOOR.setLevel(Level.OFF);
    int loops = Runtime.getRuntime().availableProcessors();
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setUseDaemonThread(true)
                .setEventLoopPoolSize(loops)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    List<Listener> listeners =
        IntStream.range(0, loops).mapToObj(i -> listener.apply(vertx)).toList();
    return new HttpListeners(vertx, listeners);
  }

  /**
   * Listens, and waits until that is so.
   *
   * @throws IOException if it cannot, and is closed then; the message says where
   */
  void listen(InetAddress address, int port) throws IOException {
    String host = address.getHostAddress();
    try {
      Flowable.fromIterable(listeners)
          .concatMapCompletable(each -> deploy(each, port == 0 ? SAME_FREE_PORT : port, host))
          .blockingAwait();
    } catch (RuntimeException e) {
      close();
      throw new IOException(
          "cannot listen on " + host + " port " + port + ": " + e.getMessage(), e);
    }
  }

  /** Each on the next loop. */
  private Completable deploy(Listener listener, int port, String host) {
    AbstractVerticle onItsLoop =
        new AbstractVerticle() {
          @Override
          public Completable rxStart() {
            return listener.listen().apply(port, host).ignoreElement();
          }
        };
    return RxHelper.deployVerticle(vertx, onItsLoop).ignoreElement();
  }

  int port() {
    return listeners.get(0).port().getAsInt();
  }

  /** Shuts the door first, then the listeners after the answers under way, then the loops. */
  @Override
  public void close() {
    Completable all =
        Flowable.fromIterable(listeners)
            .flatMapCompletable(this::shutDown, false, listeners.size())
            .andThen(vertx.rxClose());
    // A client that does not read can hold up even its own end, and must not hold up ours.
    boolean unused = all.onErrorComplete().blockingAwait(2 * GRACE_MILLIS, MILLISECONDS);
  }

  private Completable shutDown(Listener listener) {
    return listener.shutdown().apply(GRACE_MILLIS, MILLISECONDS).onErrorComplete();
  }

  /** What a server of either kind can do. */
  record Listener(
      BiFunction<Integer, String, Single<?>> listen,
      BiFunction<Long, TimeUnit, Completable> shutdown,
      IntSupplier port) {}
}
