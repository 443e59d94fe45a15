package dev.sluice.netty;

import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Backoff;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Download;
import dev.sluice.fetch.Downloaded;
import dev.sluice.fetch.Downloads;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Downloads over Netty from one server into one folder. */
final class NettyDownloads implements AutoCloseable {
  static final Policy POLICY =
      Policy.limit(4).withRetry(Retry.upTo(4).withBackoff(Backoff.fixed(ofMillis(1))));

  final AnsweringServer server;
  final HttpClient client;
  private final Path folder;

  NettyDownloads(Path folder, Policy policy, AnsweringServer.Answers answers) {
    this.folder = folder;
    this.server = new AnsweringServer(answers);
    this.client =
        HttpClient.at(
            server.base(), policy, HttpOptions.standard().withTransport(NettyTransport::open));
  }

  Downloads downloads() {
    return Downloads.into(Folder.at(folder), client);
  }

  Download of(String path) {
    return Download.of(server.base().resolve(path));
  }

  /** Those of so many small files. */
  Flowable<Outcome<Download, Downloaded>> many(int count) {
    return downloads().downloadAll(Flowable.range(0, count).map(i -> of(i + ".txt")));
  }

  Outcome<Download, Downloaded> outcome(Downloads downloads, String path) {
    return downloads
        .pipeline()
        .run(of(path))
        .test()
        .awaitDone(20, SECONDS)
        .assertComplete()
        .values()
        .get(0);
  }

  Downloaded download(String path) throws IOException {
    return outcome(downloads(), path).orElseThrow();
  }

  byte[] file(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  /** Waits until no permit is out and no connection is open. */
  void awaitEnd() {
    await(() -> client.policy().limiter().inFlight() == 0, "a permit is out");
    await(() -> server.open() == 0, "a connection is open");
  }

  static void await(CountDownLatch latch) {
    await(() -> latch.getCount() == 0, "it has not happened");
  }

  /** Waits for what other threads do; also if this thread is interrupted. */
  static void await(BooleanSupplier isSo, String otherwise) {
    long start = System.nanoTime();
    while (!isSo.getAsBoolean()) {
      assertTrue(System.nanoTime() - start < SECONDS.toNanos(20), otherwise);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }
}
