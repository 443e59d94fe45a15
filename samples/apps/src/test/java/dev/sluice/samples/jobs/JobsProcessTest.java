package dev.sluice.samples.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.Request;
import dev.sluice.samples.servers.http.Response;
import dev.sluice.samples.servers.http.Status;
import dev.sluice.samples.testing.JavaProcess;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in H2, and workers that are processes of their own. */
@Timeout(120)
class JobsProcessTest {
  private static final int URLS = 60;

  @TempDir Path work;

  private final Map<String, Integer> requests = new ConcurrentHashMap<>();
  private final List<Process> workers = new ArrayList<>();
  private volatile CountDownLatch awaited = new CountDownLatch(0);

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.start("files", HttpServerSettings.onLoopback(), this::answer);
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process worker : workers) {
      worker.destroyForcibly().waitFor();
    }
    server.close();
  }

  private Response answer(Request request) {
    requests.merge(request.path(), 1, Integer::sum);
    awaited.countDown();
    return request.path().contains("none")
        ? Response.of(Status.INTERNAL_SERVER_ERROR)
        : Response.of(Status.OK).with(ByteBuffer.wrap(new byte[] {1, 2, 3}));
  }

  private String database() {
    return "jdbc:h2:file:" + work.resolve("jobs");
  }

  private Path list(String name, List<String> lines) throws IOException {
    return Files.write(work.resolve(name), lines);
  }

  private String add(Path list, String... options) {
    List<String> words =
        new ArrayList<>(List.of("jobs", "add", "--db", database(), "fetch", list.toString(), "-o"));
    words.add(work.resolve("files").toString());
    words.add("--");
    words.addAll(List.of(options));
    Run run = Run.of(words.toArray(new String[0]));
    assertEquals(0, run.status(), run::err);
    return run.out().strip();
  }

  private Process worker() throws IOException {
    Process worker =
        JavaProcess.startInto(
            work.resolve("worker" + workers.size() + ".out").toFile(),
            "jobs",
            "work",
            "--db",
            database(),
            "--until-empty",
            "--heartbeat",
            "1s");
    workers.add(worker);
    return worker;
  }

  private String status() {
    Run run = Run.of("jobs", "status", "--db", database());
    assertEquals(0, run.status(), run::err);
    return run.out();
  }

  private String said(int worker) {
    try {
      return new String(workers.get(worker).getErrorStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aJobOfAKilledWorkerIsTakenOverAndNothingIsFetchedTwice() throws Exception {
    List<String> urls = IntStream.range(0, URLS).mapToObj(i -> server.uri() + "/" + i).toList();
    String id = add(list("urls.txt", urls), "--rate", "10/s", "-m", "1");
    assertTrue(status().contains(id + "   waiting          0         0"), this::status);
    CountDownLatch half = new CountDownLatch(URLS / 2);
    awaited = half;
    Process first = worker();
    Process second = worker();
    assertTrue(half.await(60, SECONDS));
    String running = status();
    boolean isFirst = running.contains(first.pid() + "@");
    assertTrue(isFirst || running.contains(second.pid() + "@"), running);
    (isFirst ? first : second).destroyForcibly().waitFor();
    assertEquals(0, (isFirst ? second : first).waitFor(), () -> said(isFirst ? 1 : 0));
    String done = status();
    assertTrue(done.contains(id + "   done            60         0"), done);
    assertEquals(URLS, requests.size());
    // The request that was under way when the worker was killed is made again.
    long twice = requests.values().stream().filter(count -> count > 1).count();
    assertTrue(twice <= 1, () -> twice + " of " + requests);
    try (Stream<Path> files = Files.list(work.resolve("files"))) {
      assertEquals(
          URLS, files.filter(file -> file.getFileName().toString().matches("\\d+")).count());
    }
  }

  /** The killed worker served the database: its address is in the file until another one does. */
  @Test
  void theDatabaseOfAKilledWorkerIsOpenedAtOnce() throws Exception {
    List<String> urls = IntStream.range(0, URLS).mapToObj(i -> server.uri() + "/" + i).toList();
    String id = add(list("urls.txt", urls), "--rate", "10/s", "-m", "1");
    CountDownLatch begun = new CountDownLatch(1);
    awaited = begun;
    Process worker = worker();
    assertTrue(begun.await(60, SECONDS));
    worker.destroyForcibly().waitFor();
    assertTrue(status().contains(id + "   running"), "the state that it left");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "kills where others ask")
  void aJobThatIsInterruptedIsEndedByAnotherWorker() throws Exception {
    List<String> urls = IntStream.range(0, URLS).mapToObj(i -> server.uri() + "/" + i).toList();
    String id = add(list("urls.txt", urls), "--rate", "10/s", "-m", "1");
    CountDownLatch half = new CountDownLatch(URLS / 2);
    awaited = half;
    Process first = worker();
    assertTrue(half.await(60, SECONDS));
    first.toHandle().destroy();
    assertEquals(128 + 15, first.waitFor());
    String said = said(0);
    assertTrue(said.lines().count() <= 2 && !said.contains("Exception"), said);
    assertEquals(0, worker().waitFor(), () -> said(1));
    String done = status();
    assertTrue(done.contains(id + "   done            60         0"), done);
    assertTrue(requests.values().stream().filter(count -> count > 1).count() <= 1);
  }

  @Test
  void countsFailures() throws Exception {
    String id =
        add(list("urls.txt", List.of(server.uri() + "/a", server.uri() + "/none")), "--tries", "1");
    assertEquals(0, worker().waitFor());
    String done = status();
    assertTrue(done.contains(id + "   done             1         1"), done);
  }
}
