package dev.sluice.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;

/**
 * A minimal Vert.x server with an event loop for each processor: the baseline for the web service.
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
