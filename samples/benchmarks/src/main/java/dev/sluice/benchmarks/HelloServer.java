package dev.sluice.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CountDownLatch;

/** As little as Vert.x can be asked for: how far is a service from it? */
final class HelloServer {
  private HelloServer() {}

  public static void main(String[] args) throws InterruptedException {
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(HelloServer::greet)
        .listen(Integer.parseInt(args[0]), "127.0.0.1")
        .await();
    new CountDownLatch(1).await();
  }

  private static void greet(HttpServerRequest request) {
    request.response().putHeader("content-type", "text/plain").end("Hello, World!");
  }
}
