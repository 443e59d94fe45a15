package dev.sluice;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.disk.Folder;
import dev.sluice.fetch.Download;
import dev.sluice.fetch.Downloads;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedulers of the user whose executor rejects tasks, such as one that is shut down. */
@Timeout(30)
class RefusingSchedulersTest {
  private final Deque<Throwable> reported = new ArrayDeque<>();

  /** RxJava reports each rejection itself, and returns as if the task were done. */
  @BeforeEach
  void watch() {
    RxJavaPlugins.setErrorHandler(
        e -> {
          assertInstanceOf(RejectedExecutionException.class, e.getCause());
          reported.add(e);
        });
  }

  private static Scheduler shutDown() {
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    executor.shutdown();
    return Schedulers.from(executor);
  }

  private static Policy policy(IoSchedulers schedulers) {
    return Policy.limit(1).withAttemptTimeout(Policy.FOREVER).withSchedulers(schedulers);
  }

  @Test
  void aBlockingWorkWithoutAThreadFails() {
    Policy policy = policy(IoSchedulers.shared().withNetwork(shutDown()));
    Pipeline.of(policy, Work.<String, String>blocking(key -> key))
        .run("x")
        .test()
        .awaitDone(5, SECONDS)
        .assertValue(
            outcome -> {
              IOException cause = assertInstanceOf(Outcome.Failure.class, outcome).cause();
              assertEquals(
                  "x: no thread: the network scheduler refused the call", cause.getMessage());
              return true;
            });
    assertEquals(0, policy.limiter().inFlight());
  }

  @Test
  void aRetryWithoutATimerEndsTheRun() {
    Policy policy =
        policy(IoSchedulers.shared().withTimer(shutDown()))
            .withRetry(Retry.upTo(2).withBackoff(Backoff.fixed(Duration.ofMillis(1))));
    Work<String, String> failing = key -> Maybe.error(new IOException("down"));
    Pipeline.of(policy, failing)
        .run("x")
        .test()
        .awaitDone(5, SECONDS)
        .assertError(RejectedExecutionException.class);
    assertEquals(0, policy.limiter().inFlight());
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 300_000})
  void filesAreWrittenWithoutADiskThread(int length, @TempDir Path folder) throws IOException {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
    Policy policy = policy(IoSchedulers.shared().withDisk(shutDown()));
    try (RawServer server = RawServer.saying((head + "x".repeat(length)).getBytes(US_ASCII));
        HttpClient client = HttpClient.at(server.base(), policy, HttpOptions.standard())) {
      Downloads.into(Folder.at(folder), client)
          .pipeline()
          .run(Download.of(server.base().resolve("file")))
          .test()
          .awaitDone(10, SECONDS)
          .assertValue(Outcome.Success.class::isInstance);
    }
    assertEquals(length, Files.size(folder.resolve("file")));
  }
}
