package dev.sluice.samples.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.journal.JournalVerdict;
import dev.sluice.samples.servers.flags.FlagServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of the job in a cluster within this JVM. */
@Timeout(300)
class DownloadJobTest {
  private static final int PER_HOST = 2;

  @TempDir Path folder;

  @Test
  void savesTheFileOfEachUrl() throws Exception {
    try (FlagServer server = FlagServer.start(HttpServerSettings.onLoopback())) {
      URI flags = server.uri();
      String br = flags + "/br/br.gif";
      String in = flags + "/in/in.gif";
      String none = flags + "/none";
      run(List.of(br, in, none, "no URL"));
      assertEquals(
          Map.of(
              br,
              JournalVerdict.SUCCESS,
              in,
              JournalVerdict.SUCCESS,
              none,
              JournalVerdict.NOT_FOUND,
              "no URL",
              JournalVerdict.FAILURE),
          Runs.verdicts(folder.resolve("outcomes")));
      String file = "127.0.0.1_" + flags.getPort() + "_flags_br_br.gif";
      assertTrue(Files.size(folder.resolve("files").resolve(file)) > 1_000, file);
    }
  }

  @Test
  void theLimitOfAHostHoldsForAllSubtasks() throws Exception {
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
          LockSupport.parkNanos(10_000_000);
          inFlight.decrementAndGet();
          exchange.sendResponseHeaders(200, 1);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write('.');
          }
        });
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      run(IntStream.range(0, 100).mapToObj(i -> base + i).toList());
    } finally {
      server.stop(0);
      threads.shutdown();
    }
    assertEquals(
        Map.of(JournalVerdict.SUCCESS, 100L), OutcomeFiles.verdicts(folder.resolve("outcomes")));
    assertEquals(PER_HOST, most.get());
  }

  @Test
  void aPasswordIsInNoOutcome() throws Exception {
    run(List.of("http://user:secret@", "http://user:secret@127.0.0.1:1/file"));
    String lines = "";
    for (Path file : OutcomeFiles.committed(folder.resolve("outcomes"))) {
      lines += Files.readString(file);
    }
    assertEquals(-1, lines.indexOf("secret"), lines);
    assertTrue(lines.contains("127.0.0.1:1/file"), lines);
  }

  private void run(List<String> urls) throws Exception {
    Path list = Files.write(folder.resolve("urls"), urls);
    StreamExecutionEnvironment flink = Runs.inThisJvm();
    DownloadJob.define(
        Runs.options(
            folder.resolve("outcomes"),
            "--urls",
            list.toUri().toString(),
            "--into",
            folder.resolve("files").toString(),
            "--per-host",
            "" + PER_HOST,
            "--rate",
            "1000/s"),
        flink);
    flink.execute();
  }
}
