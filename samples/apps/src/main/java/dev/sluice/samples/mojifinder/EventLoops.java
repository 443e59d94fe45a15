package dev.sluice.samples.mojifinder;

import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.rxjava3.core.Vertx;

/**
 * Vert.x as these servers want it: nothing on the disk, and no names asked for over the network.
 */
final class EventLoops {
  private EventLoops() {}

  static Vertx start() {
    // Its own resolver would read this machine's DNS settings, and no server here needs one.
    System.setProperty("vertx.disableDnsResolver", "true");
    return Vertx.vertx(
        new VertxOptions()
            .setUseDaemonThread(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }
}
