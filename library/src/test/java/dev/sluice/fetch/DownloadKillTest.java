package dev.sluice.fetch;

import static dev.sluice.fetch.RangeServer.content;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Exchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, and two processes with one folder. */
class DownloadKillTest {
  private static final int SEED = 16;
  private static final int LARGE = DownloadFixture.LARGE;

  @TempDir Path outside;
  private Path folder;
  private final RangeServer server = new RangeServer();
  private final Map<String, byte[]> contents = new HashMap<>();
  private final Set<String> finished = ConcurrentHashMap.newKeySet();
  private final Queue<String> fetchedTwice = new ConcurrentLinkedQueue<>();
  private final AtomicInteger parts = new AtomicInteger();

  /** Whether a large body has been held back in the middle since the last kill. */
  private final AtomicBoolean held = new AtomicBoolean();

  @BeforeEach
  void setUp() {
    folder = outside.resolve("files");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void aKilledRunLeavesWholeFilesAndIsResumed() throws Exception {
    killAndResume(300, 6);
  }

  @Test
  @Tag("slow")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void twentyKillsOfARunOfTwoThousandFiles() throws Exception {
    killAndResume(2_000, 20);
  }

  private void killAndResume(int files, int kills) throws Exception {
    Random random = new Random(SEED);
    Path urls = served(files, random);
    for (int kill = 0; kill < kills; kill++) {
      int asked = server.requests().size() + 1 + random.nextInt(files / kills);
      runAndKill(urls, () -> server.requests().size() >= asked, "requests: " + asked);
    }
    if (!hasPart()) {
      runAndKill(urls, this::hasPart, "a part");
    }

    held.set(true);
    List<String> lines =
        DownloadProcess.output(DownloadProcess.start(List.of(), "-Xmx64m", folder, urls));

    assertEquals(
        List.of(), lines.stream().filter(line -> !line.matches("success .*|end")).toList());
    assertEquals(files + 1, lines.size(), lines::toString);
    checkFinishedFiles();
    assertEquals(files, finished.size());
    assertEquals(List.of(), List.copyOf(fetchedTwice));
    assertTrue(parts.get() > 0, "no part was resumed");
    assertEquals(List.of(DownloadFixture.RECORDS), hidden());
  }

  private void runAndKill(Path urls, BooleanSupplier isDue, String what) throws Exception {
    held.set(false);
    Process child = DownloadProcess.start(List.of(), "-Xmx64m", folder, urls);
    try {
      // A run whose files are all there already ends before that.
      Await.until(() -> isDue.getAsBoolean() || !child.isAlive(), what);
    } finally {
      child.destroyForcibly();
      child.waitFor();
    }
    server.raw().awaitOpen(0);
    checkFinishedFiles();
  }

  /** Most files are small; some are so large that a kill falls into them. */
  private Path served(int files, Random random) throws IOException {
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      String name = i + ".bin";
      int length = random.nextInt(20) == 0 ? LARGE : random.nextInt(40_000);
      byte[] content = content(i, length);
      contents.put(name, content);
      urls.add(server.serve(name, content).toString());
      server.script(name, (exchange, file) -> watched(name, exchange, file));
    }
    return Files.write(outside.resolve("urls.txt"), urls);
  }

  private boolean watched(String name, Exchange exchange, byte[] file) throws IOException {
    boolean isCondition = RangeServer.header(exchange, "If-None-Match") != null;
    if (finished.contains(name) && !isCondition) {
      fetchedTwice.add(name);
    }
    if (RangeServer.firstByte(exchange) >= 0) {
      parts.incrementAndGet();
      return false;
    }
    boolean isHeld = file.length == LARGE && !isCondition && held.compareAndSet(false, true);
    if (isHeld) {
      exchange.send(RangeServer.ok(file));
      exchange.send(RangeServer.firstHalf(file));
      exchange.untilTheClientLeaves();
    }
    return isHeld;
  }

  private void checkFinishedFiles() throws IOException {
    for (String name : names()) {
      if (!name.startsWith(".")) {
        assertArrayEquals(contents.get(name), Files.readAllBytes(folder.resolve(name)), name);
        finished.add(name);
      }
    }
  }

  /** Without temp files of small bodies: a run removes those that are older than 10 minutes. */
  private List<String> hidden() throws IOException {
    return names().stream().filter(name -> name.startsWith(".") && !name.endsWith(".tmp")).toList();
  }

  private List<String> names() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  @Test
  void twoProcessesDoNotWriteOneFile() throws Exception {
    byte[] content = content(1, LARGE);
    Path urls =
        Files.write(
            outside.resolve("urls.txt"), List.of(server.serve("x.bin", content).toString()));
    server.script(
        "x.bin",
        (exchange, file) -> {
          exchange.send(RangeServer.ok(file));
          exchange.send(RangeServer.firstHalf(file));
          exchange.untilTheClientLeaves();
          return true;
        });
    Process first = DownloadProcess.start(List.of(), "-Xmx64m", folder, urls);
    try {
      Await.until(this::hasPart, "the first process writes");
      server.script("x.bin", (exchange, file) -> false);
      List<String> second =
          DownloadProcess.output(DownloadProcess.start(List.of(), "-Xmx64m", folder, urls));
      assertEquals(List.of("failure x.bin: another process is writing it", "end"), second);
    } finally {
      first.destroyForcibly();
      first.waitFor();
    }
    List<String> third =
        DownloadProcess.output(DownloadProcess.start(List.of(), "-Xmx64m", folder, urls));
    assertTrue(third.get(0).startsWith("success "), third::toString);
    assertArrayEquals(content, Files.readAllBytes(folder.resolve("x.bin")));
  }

  private boolean hasPart() {
    try {
      for (String name : names()) {
        if (name.endsWith(".part") && Files.size(folder.resolve(name)) > 0) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }
}
