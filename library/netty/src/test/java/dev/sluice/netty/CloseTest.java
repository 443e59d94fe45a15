package dev.sluice.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Policy;
import dev.sluice.http.Transport;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closing the transport fails every exchange under way, wherever it is. */
@Timeout(60)
class CloseTest {
  private static final Transport.Prefetch WHOLE = new Transport.Prefetch(1_000, Policy.FOREVER);

  private static AnsweringServer server() {
    return new AnsweringServer((head, out) -> AnsweringServer.write(out, AnsweringServer.ok("ok")));
  }

  /** What the receiver of a request gets: a status, or a message. */
  private static CompletableFuture<String> send(Transport transport, AnsweringServer server) {
    CompletableFuture<String> said = new CompletableFuture<>();
    Runnable unused =
        transport.send(
            new Request.Builder().url(server.base() + "a").build(),
            WHOLE,
            new Transport.Receiver() {
              @Override
              public void received(Response response) {
                response.close();
                said.complete("status " + response.code());
              }

              @Override
              public void failed(IOException cause) {
                said.complete(String.valueOf(cause.getMessage()));
              }
            });
    return said;
  }

  private static String said(CompletableFuture<String> exchange)
      throws ExecutionException, InterruptedException, TimeoutException {
    return exchange.get(10, SECONDS);
  }

  /** After its first request, a connection is watched for 5 ms before the next one. */
  @Test
  void anExchangeThatWaitsForAUsedConnectionFails() throws Exception {
    try (AnsweringServer server = server()) {
      for (int i = 0; i < 10; i++) {
        Transport transport = NettyTransport.open(1);
        assertTrue(said(send(transport, server)).equals("status 200"));
        CompletableFuture<String> waiting = send(transport, server);
        transport.close();
        String said = said(waiting);
        assertTrue(said.contains("closed") || said.equals("status 200"), said);
      }
    }
  }

  @Test
  void anExchangeThatWaitsForALookupFails() throws Exception {
    CountDownLatch looksUp = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (AnsweringServer server = server()) {
      Transport transport =
          NettyTransport.open(
              1,
              task ->
                  Connector.thread(
                      () -> {
                        looksUp.countDown();
                        awaitQuietly(closed);
                        task.run();
                      }));
      CompletableFuture<String> waiting = send(transport, server);
      assertTrue(looksUp.await(10, SECONDS));
      transport.close();
      String said = said(waiting);
      assertTrue(said.contains("closed"), said);
    } finally {
      closed.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
