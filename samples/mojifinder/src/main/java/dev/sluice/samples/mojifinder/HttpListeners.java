package dev.sluice.samples.mojifinder;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.samples.LocalAddress;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.rxjava3.core.AbstractVerticle;
import io.vertx.rxjava3.core.RxHelper;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.core.http.HttpServer;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * A Vert.x instance with an event loop per processor and an HTTP listener on each loop. The
 * listeners share the port, and Vert.x gives them new connections in turns. The instance uses no
 * file cache and no DNS resolver.
 */
final class HttpListeners implements AutoCloseable {
  /** In a field, because {@link Logger} is only held weakly and would lose its level. */
  private static final Logger ACCEPT_LOG = Logger.getLogger("io.netty.bootstrap.ServerBootstrap");

  /** How long {@link #close} waits for unfinished answers. */
  private static final long GRACE_MILLIS = 1_500;

  /** A negative port means to Vert.x: any free port, and the same one for all listeners. */
  private static final int SAME_FREE_PORT = -1;

  private final Vertx vertx;
  private final List<HttpServer> listeners;

  /**
   * @param factory creates a server that does not listen yet
   */
  HttpListeners(Function<Vertx, HttpServer> factory) {
    // Without this Vert.x reads the DNS settings of the machine.
    System.setProperty("vertx.disableDnsResolver", "true");
    // A connection that arrives during the shutdown would be logged with a stack trace.
    ACCEPT_LOG.setLevel(Level.OFF);
    int loops = Runtime.getRuntime().availableProcessors();
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setUseDaemonThread(true)
                .setEventLoopPoolSize(loops)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    listeners = IntStream.range(0, loops).mapToObj(i -> factory.apply(vertx)).toList();
  }

  /**
   * Returns when all listeners accept connections.
   *
   * @throws IOException if they cannot listen there; they are closed then
   */
  void listen(ListenSettings settings) throws IOException {
    try {
      Flowable.fromIterable(listeners)
          .concatMapCompletable(listener -> deploy(listener, settings))
          .blockingAwait();
    } catch (RuntimeException e) {
      close();
      throw LocalAddress.cannotListen(settings.address(), settings.port(), e);
    }
  }

  /** As a verticle, because Vert.x deploys each one on the next event loop. */
  private Completable deploy(HttpServer listener, ListenSettings settings) {
    int port = settings.port() == 0 ? SAME_FREE_PORT : settings.port();
    AbstractVerticle verticle =
        new AbstractVerticle() {
          @Override
          public Completable rxStart() {
            return listener.rxListen(port, settings.address().getHostAddress()).ignoreElement();
          }
        };
    return RxHelper.deployVerticle(vertx, verticle).ignoreElement();
  }

  int port() {
    return listeners.get(0).actualPort();
  }

  /** Closes the listeners, then the connections after their unfinished answers, then Vert.x. */
  @Override
  public void close() {
    Completable all =
        Flowable.fromIterable(listeners)
            .flatMapCompletable(HttpListeners::shutDown, false, listeners.size())
            .andThen(vertx.rxClose());
    // Bounded, because a client that does not read can delay the end of its connection.
    boolean unused = all.onErrorComplete().blockingAwait(2 * GRACE_MILLIS, MILLISECONDS);
  }

  private static Completable shutDown(HttpServer listener) {
    return listener.rxShutdown(GRACE_MILLIS, MILLISECONDS).onErrorComplete();
  }
}
