package dev.sluice.benchmarks;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RateLimiter;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** OkHttp with a rate limiter of Failsafe for each host, and a retry that reads Retry-After. */
final class FailsafeDownloads implements LimitedDownloads {
  private static final int TOO_MANY_REQUESTS = 429;

  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .connectionPool(new ConnectionPool(LimitPeers.AT_ONCE, 1, TimeUnit.MINUTES))
          .build();

  /** What came: the wait that a refusal asks for, or whether the flag is whole. */
  private record Answer(int status, long retryAfter, boolean isGif) {}

  @Override
  public int right(List<URI> flags) {
    ScheduledExecutorService threads = new ScheduledThreadPoolExecutor(LimitPeers.AT_ONCE);
    try {
      Map<String, FailsafeExecutor<Answer>> hosts = new HashMap<>();
      List<CompletableFuture<Answer>> answers =
          flags.stream()
              .map(
                  flag ->
                      hosts
                          .computeIfAbsent(flag.getHost(), host -> polite(threads))
                          .getAsync(() -> get(flag)))
              .toList();
      return (int)
          answers.stream().flatMap(FailsafeDownloads::joined).filter(Answer::isGif).count();
    } finally {
      threads.shutdown();
      client.connectionPool().evictAll();
    }
  }

  private static FailsafeExecutor<Answer> polite(ScheduledExecutorService threads) {
    RetryPolicy<Answer> retry =
        RetryPolicy.<Answer>builder()
            .handle(IOException.class)
            .handleResultIf(answer -> answer != null && answer.status() == TOO_MANY_REQUESTS)
            .withMaxRetries(LimitPeers.TRIES - 1)
            .withDelayFn(
                context ->
                    Duration.ofSeconds(
                        context.getLastResult() == null ? 1 : context.getLastResult().retryAfter()))
            .build();
    RateLimiter<Answer> rate =
        RateLimiter.<Answer>smoothBuilder(LimitPeers.PER_SECOND, Duration.ofSeconds(1))
            .withMaxWaitTime(Duration.ofMinutes(10))
            .build();
    return Failsafe.with(retry).compose(rate).with(threads);
  }

  private Answer get(URI flag) throws IOException {
    Request request = new Request.Builder().url(flag.toString()).build();
    try (Response response = client.newCall(request).execute()) {
      ResponseBody body = response.body();
      byte[] content = body == null ? new byte[0] : body.bytes();
      return new Answer(
          response.code(),
          Long.parseLong(response.header("Retry-After", "1")),
          response.isSuccessful() && content.length > 0 && content[0] == 'G');
    }
  }

  private static Stream<Answer> joined(CompletableFuture<Answer> answer) {
    try {
      return Stream.of(answer.join());
    } catch (RuntimeException e) {
      return Stream.empty();
    }
  }
}
