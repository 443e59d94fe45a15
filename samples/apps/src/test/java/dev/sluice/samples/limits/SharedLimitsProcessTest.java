package dev.sluice.samples.limits;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.ledger.PostgresqlServer;
import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.Request;
import dev.sluice.samples.servers.http.Response;
import dev.sluice.samples.servers.http.Status;
import dev.sluice.samples.testing.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share the rate and the pauses of one host; the server keeps the log. */
@Timeout(120)
class SharedLimitsProcessTest {
  private static final int RATE = 40;

  private static @Nullable PostgresqlServer postgresql;

  @TempDir Path work;

  /** When each request came, in nanoseconds. */
  private final ConcurrentLinkedQueue<Long> log = new ConcurrentLinkedQueue<>();

  private final List<Process> processes = new ArrayList<>();
  private final AtomicBoolean refusesNext = new AtomicBoolean();
  private final CountDownLatch refused = new CountDownLatch(1);
  private volatile long refusedAt;
  private volatile CountDownLatch awaited = new CountDownLatch(0);

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  @SuppressWarnings("NullAway.Init")
  private String database;

  @BeforeAll
  @Timeout(90)
  static void startPostgresql() throws IOException, InterruptedException {
    postgresql = PostgresqlServer.startOrSkip("limits");
  }

  @AfterAll
  static void stopPostgresql() throws IOException {
    if (postgresql != null) {
      postgresql.close();
    }
  }

  @BeforeEach
  void start() throws IOException, InterruptedException {
    if (postgresql == null) {
      throw new IllegalStateException("not started");
    }
    database = postgresql.emptyJdbcDatabase();
    server = HttpServer.start("files", HttpServerSettings.onLoopback(), this::answer);
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly();
      process.waitFor();
    }
    server.close();
  }

  private Response answer(Request request) {
    long now = System.nanoTime();
    log.add(now);
    awaited.countDown();
    if (refusesNext.compareAndSet(true, false)) {
      refusedAt = now;
      refused.countDown();
      return Response.of(Status.TOO_MANY_REQUESTS).with("Retry-After", "5");
    }
    return Response.of(Status.OK).with(ByteBuffer.wrap(new byte[] {1, 2, 3}));
  }

  /** A fetch of so many URLs of the one host, by a JVM of its own. */
  private Process fetch(String name, int urls) throws IOException {
    Path list = work.resolve(name + ".txt");
    Files.write(
        list, IntStream.range(0, urls).mapToObj(i -> server.uri() + "/" + name + "/" + i).toList());
    File out = work.resolve(name + ".out").toFile();
    Process process =
        JavaProcess.startInto(
            out,
            "fetch",
            "-i",
            list.toString(),
            "-o",
            work.resolve(name).toString(),
            "--names",
            "url",
            "--rate",
            RATE + "/s",
            "--tries",
            "5",
            "--shared-limits",
            database);
    processes.add(process);
    return process;
  }

  private void awaitRequests(int count) throws InterruptedException {
    CountDownLatch more = new CountDownLatch(count);
    awaited = more;
    more.await();
  }

  /** The most requests in any window of so many milliseconds. */
  private int mostIn(long millis) {
    List<Long> times = List.copyOf(log);
    long window = MILLISECONDS.toNanos(millis);
    int most = 0;
    int first = 0;
    for (int last = 0; last < times.size(); last++) {
      while (times.get(last) - times.get(first) >= window) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  /** How often permits were leased, and how many transactions there were in all. */
  private record Calls(long leases, long transactions) {}

  private Calls calls() throws SQLException {
    String url = database.replaceFirst("//.*@", "//");
    try (Connection connection =
            DriverManager.getConnection(url, "ledger", PostgresqlServer.PASSWORD);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT n_tup_upd, xact_commit FROM pg_stat_user_tables, pg_stat_database"
                    + " WHERE relname = 'sluice_rates' AND datname = current_database()")) {
      row.next();
      return new Calls(row.getLong(1), row.getLong(2));
    }
  }

  @Test
  void fourProcessesKeepTheRateOfOneAndTwoAreKilled() throws Exception {
    for (int i = 0; i < 4; i++) {
      Process unused = fetch("p" + i, 200);
    }
    awaitRequests(200);
    processes.get(0).destroyForcibly().waitFor();
    processes.get(1).destroyForcibly().waitFor();
    long killed = System.nanoTime();
    int before = log.size();
    assertEquals(0, processes.get(2).waitFor());
    assertEquals(0, processes.get(3).waitFor());
    double seconds = (System.nanoTime() - killed) / 1e9;
    int after = log.size() - before;
    Calls calls = calls();
    String figures =
        "in 1 s: %d, in 5 s: %d, in 10 s: %d; after the kill %d in %.1f s; %d requests, %s"
            .formatted(
                mostIn(1_000), mostIn(5_000), mostIn(10_000), after, seconds, log.size(), calls);
    System.out.println(figures);
    assertTrue(2 * calls.leases() <= log.size(), figures);
    assertTrue(mostIn(5_000) <= RATE * 5 + 1, figures);
    assertTrue(mostIn(10_000) <= RATE * 10 + 1, figures);
  }

  @Test
  void aRefusalOfOneParksTheHostForAll() throws Exception {
    for (int i = 0; i < 4; i++) {
      Process unused = fetch("q" + i, 100);
    }
    awaitRequests(100);
    refusesNext.set(true);
    assertTrue(refused.await(10, SECONDS));
    for (Process process : processes) {
      assertEquals(0, process.waitFor());
    }
    List<Long> parked =
        log.stream()
            .map(at -> (at - refusedAt) / 1_000_000)
            .filter(millis -> millis > 1_000 && millis < 5_000)
            .toList();
    assertEquals(List.of(), parked);
  }
}
