package dev.sluice.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;

/**
 * As little as Vert.x can be asked for, on a loop for each processor: how far is a service from it?
 */
final class HelloServer extends VerticleBase {
  private final int port;

  private HelloServer(int port) {
    this.port = port;
  }

  public static void main(String[] args) throws InterruptedException {
    int port = Integer.parseInt(args[0]);
    int loops = Runtime.getRuntime().availableProcessors();
    Vertx.vertx()
        .deployVerticle(() -> new HelloServer(port), new DeploymentOptions().setInstances(loops))
        .await();
    new CountDownLatch(1).await();
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer()
        .requestHandler(request -> request.response().end("hello"))
        .listen(port, "127.0.0.1");
  }
}
