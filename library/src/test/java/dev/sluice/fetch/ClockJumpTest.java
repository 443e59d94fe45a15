package dev.sluice.fetch;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.Exchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads while the wall clock jumps by years, forth and back, as libfaketime makes it. */
class ClockJumpTest {
  private static final Path FAKETIME =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

  private static final List<String> JUMPS = List.of("-3650d", "+3650d", "-1d", "+1d", "+0");
  private static final int FILES = 100;
  private static final long YEAR_MILLIS = TimeUnit.DAYS.toMillis(365);

  @TempDir Path outside;
  private final RangeServer server = new RangeServer();
  private final Random random = new Random(16);

  // Guarded by this.
  private int jumps;

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void theWallClockMayJump() throws Exception {
    assumeTrue(Files.exists(FAKETIME), "libfaketime is not installed");
    jump("+0");
    List<byte[]> contents = new ArrayList<>();
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      byte[] content = RangeServer.content(i, i % 20 == 0 ? DownloadFixture.LARGE : i);
      contents.add(content);
      urls.add(server.serve(i + ".bin", content).toString());
      server.script(i + ".bin", this::jumping);
    }
    Path list = Files.write(outside.resolve("urls.txt"), urls);

    checkAll(run(list, faketime()), contents);
    assertTrue(jumps > FILES / 10, "jumps: " + jumps);
    assertTrue(years() > 2, "the clock did not jump");

    AtomicInteger whole = new AtomicInteger();
    for (int i = 0; i < FILES; i++) {
      server.script(i + ".bin", (exchange, file) -> noted(exchange, whole));
    }
    checkAll(run(list, List.of()), contents);
    assertEquals(0, whole.get(), "a file was fetched twice");
  }

  private List<String> run(Path urls, List<String> prefix) throws Exception {
    return DownloadProcess.output(
        DownloadProcess.start(prefix, "-Xmx64m", outside.resolve("files"), urls));
  }

  /** In how many years the files were written. */
  private long years() throws IOException {
    try (Stream<Path> files = Files.list(outside.resolve("files"))) {
      return files.map(file -> file.toFile().lastModified() / YEAR_MILLIS).distinct().count();
    }
  }

  private List<String> faketime() {
    return List.of(
        "env",
        "LD_PRELOAD=" + FAKETIME,
        "FAKETIME_TIMESTAMP_FILE=" + clock(),
        "FAKETIME_NO_CACHE=1",
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
        "DONT_FAKE_MONOTONIC=1",
        "NO_FAKE_STAT=1");
  }

  private Path clock() {
    return outside.resolve("clock");
  }

  private void jump(String to) throws IOException {
    Path next = Files.writeString(outside.resolve("next"), to + "\n");
    Path unused = Files.move(next, clock(), ATOMIC_MOVE);
  }

  private synchronized boolean jumping(Exchange exchange, byte[] file) throws IOException {
    if (random.nextInt(4) == 0) {
      jump(JUMPS.get(random.nextInt(JUMPS.size())));
      jumps++;
    }
    return false;
  }

  private static boolean noted(Exchange exchange, AtomicInteger whole) {
    if (RangeServer.header(exchange, "If-None-Match") == null) {
      whole.incrementAndGet();
    }
    return false;
  }

  private void checkAll(List<String> lines, List<byte[]> contents) throws IOException {
    assertEquals(
        List.of(), lines.stream().filter(line -> !line.matches("success .*|end")).toList());
    assertEquals(FILES + 1, lines.size(), lines::toString);
    for (int i = 0; i < FILES; i++) {
      Path file = outside.resolve("files").resolve(i + ".bin");
      assertArrayEquals(contents.get(i), Files.readAllBytes(file), file.toString());
    }
  }
}
