package dev.sluice.samples.mojifinder;

import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.rxjava3.core.Vertx;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Vert.x as these servers want it: nothing on the disk, and no names asked for over the network.
 */
final class EventLoops {
  /** Held here, since a logger that nobody holds forgets its level. */
  private static final Logger DOOR = Logger.getLogger("io.netty.bootstrap.ServerBootstrap");

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
}
