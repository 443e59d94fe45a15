package dev.sluice.fetch;

import static dev.sluice.fetch.DownloadFixture.LARGE;
import static dev.sluice.fetch.DownloadFixture.RECORDS;
import static dev.sluice.fetch.RangeServer.content;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.Await;
import dev.sluice.ChildJvm;
import dev.sluice.disk.FileName;
import dev.sluice.disk.PartialFile;
import dev.sluice.disk.PartialFiles;
import dev.sluice.fetch.Downloaded.Fetched;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks that are full or read-only, folders that go away, cancelled downloads, and large bodies.
 */
class DownloadDiskTest {
  private static final byte[] CONTENT = content(1, LARGE);

  @TempDir Path outside;
  private DownloadFixture fixture;

  @BeforeEach
  void setUp() {
    fixture = new DownloadFixture(outside.resolve("files"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aFullDiskIsSeenBeforeTheFirstByte() throws Exception {
    Path urls = urls(fixture.server.serve("x.bin", CONTENT));
    List<String> lines = onTmpfs("size=500k", urls);
    String start = "failure x.bin: cannot write " + LARGE + " bytes to ";
    assertTrue(lines.get(0).startsWith(start), lines::toString);
    assertTrue(lines.get(0).contains(": no space: "), lines::toString);
  }

  @Test
  void aDiskThatFillsUpIsAFailure() throws Exception {
    Path urls = urls(fixture.server.serve("x.bin", CONTENT));
    // Without a length, nothing can be checked before.
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          exchange.send("HTTP/1.1 200 OK\r\n\r\n");
          exchange.send(file);
          exchange.hangUp();
          return true;
        });
    List<String> lines = onTmpfs("size=500k", urls);
    assertTrue(lines.get(0).startsWith("failure x.bin: cannot write "), lines::toString);
    assertTrue(lines.get(0).contains(": no space: "), lines::toString);
    assertEquals("end", lines.get(1));
  }

  @Test
  void aReadOnlyDiskIsAFailure() throws Exception {
    for (int length : new int[] {10, LARGE}) {
      Path urls = urls(fixture.server.serve("x.bin", content(1, length)));
      List<String> lines = onTmpfs("ro", urls);
      assertTrue(lines.get(0).startsWith("failure "), lines::toString);
      assertTrue(lines.get(0).contains("x.bin"), lines::toString);
      assertTrue(lines.get(0).contains("is read-only"), lines::toString);
    }
  }

  private Path urls(URI url) throws IOException {
    return Files.write(outside.resolve("urls.txt"), List.of(url.toString()));
  }

  /** Runs in a mount namespace of its own: no root needed, and unmounted with the process. */
  private List<String> onTmpfs(String options, Path urls) throws Exception {
    Path folder = Files.createDirectories(fixture.folder.path());
    String mount = "mount -t tmpfs -o " + options + " none \"$0\" && exec \"$@\"";
    List<String> prefix =
        List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            mount,
            folder.toString());
    List<String> lines;
    try {
      lines = DownloadProcess.output(DownloadProcess.start(prefix, "-Xmx64m", folder, urls));
    } catch (IOException e) {
      lines = List.of(e.toString()); // No such command on this system.
    }
    List<String> printed = lines;
    assumeTrue(printed.contains("end"), () -> "cannot mount a tmpfs here: " + printed);
    return printed;
  }

  /** No error of a write may be lost: the bytes were counted as they came from the network. */
  @Test
  @Timeout(60)
  void aWriteWithoutMemoryForItsBufferIsAFailure() throws Exception {
    byte[] content = content(1, 3 * LARGE);
    Path urls = urls(fixture.server.serve("x.bin", content));
    Path file = fixture.folder.path().resolve("x.bin");
    List<String> lines =
        DownloadProcess.output(
            DownloadProcess.start(
                List.of(), "-XX:MaxDirectMemorySize=100k", fixture.folder.path(), urls));
    assertEquals(2, lines.size(), lines::toString);
    if (lines.get(0).startsWith("success ")) {
      // JDK 25 needs less of that memory.
      assertArrayEquals(content, Files.readAllBytes(file));
    } else {
      assertTrue(lines.get(0).contains("OutOfMemoryError: Cannot reserve"), lines::toString);
      assertFalse(Files.exists(file));
    }
  }

  @Test
  @Timeout(60)
  void aRecordWithoutMemoryForItsBufferIsLeftOut() throws Exception {
    fixture.server.serve("a", new byte[0]);
    fixture.server.serve("b?" + "b".repeat(2_000), new byte[0]);
    List<String> arguments =
        List.of(fixture.folder.path().toString(), fixture.server.raw().base().toString());
    ProcessBuilder child =
        ChildJvm.of(
            List.of(), List.of("-XX:MaxDirectMemorySize=2m"), NoBufferProcess.class, arguments);
    assertEquals(List.of("Success", "Success", "end"), ChildJvm.output(child).lines().toList());
  }

  @Test
  @Timeout(60)
  void aNameThatTheLocaleDoesNotHaveIsAFailureOfItsFile() throws Exception {
    URI url = fixture.server.serve("%C3%B6.bin", CONTENT);
    assertEquals(LARGE, fixture.download(url).file().bytes());
    // The record of the earlier run is no obstacle either.
    List<String> lines =
        DownloadProcess.output(
            DownloadProcess.start(
                List.of("env", "LC_ALL=C"), "-Xmx64m", fixture.folder.path(), urls(url)));
    assertEquals("end", lines.get(lines.size() - 1), lines::toString);
    assumeTrue(!lines.get(0).startsWith("success"), "file names are in UTF-8 in every locale here");
    assertTrue(lines.get(0).contains("a UTF-8 locale is needed"), lines::toString);
  }

  /** Its old bytes give way to the new ones. */
  @Test
  void theSpaceOfAPartThatIsReplacedIsFree() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    long old = 64L << 30;
    Path folder = Files.createDirectories(fixture.folder.path());
    long length = Files.getFileStore(folder).getUsableSpace() + old / 2;
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          exchange.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
          exchange.hangUp();
          return true;
        });
    try (PartialFile part =
        PartialFiles.in(fixture.folder).open("name x.bin", FileName.of("x.bin"))) {
      part.begin("of another version");
      part.write(ByteBuffer.allocate(1), old - 1);
    }
    var outcome =
        DownloadFixture.outcome(Downloads.into(fixture.folder, fixture.once), Download.of(url));
    assertEquals(
        "GET " + url + ": unexpected end of stream", DownloadFailuresTest.message(outcome));
  }

  @Test
  void aFolderThatIsRemovedDuringADownloadIsMadeAnew() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    int[] requests = {0};
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          exchange.send(RangeServer.ok(file));
          exchange.send(RangeServer.firstHalf(file));
          if (requests[0]++ == 0) {
            Await.until(() -> hidden(".part") > 0, "a part is there");
            remove(fixture.folder.path());
          }
          exchange.send(RangeServer.rest(file, file.length / 2));
          return true;
        });

    Fetched fetched = assertInstanceOf(Fetched.class, fixture.download(url));

    assertEquals(LARGE, fetched.file().bytes());
    assertArrayEquals(CONTENT, fixture.content("x.bin"));
  }

  private long hidden(String end) {
    try {
      return fixture.files().stream().filter(name -> name.endsWith(end)).count();
    } catch (IOException e) {
      return 0;
    }
  }

  private boolean isClosed() {
    FileName name = FileName.of("x.bin");
    try (PartialFile part = PartialFiles.in(fixture.folder).open("name " + name.value(), name)) {
      return part.length() > 0;
    } catch (IOException e) {
      return false; // The thread of the download has it open.
    }
  }

  private boolean hasBytes() {
    try {
      for (String name : fixture.files()) {
        if (name.endsWith(".part") && Files.size(fixture.folder.path().resolve(name)) > 0) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Test
  void aCancelledDownloadLeavesItsPartForTheNextRun() throws Exception {
    URI url = fixture.server.serve("x.bin", CONTENT);
    CountDownLatch half = new CountDownLatch(1);
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          exchange.send(RangeServer.ok(file));
          exchange.send(RangeServer.firstHalf(file));
          half.countDown();
          exchange.untilTheClientLeaves();
          return true;
        });
    var run = fixture.downloads().pipeline().run(Download.of(url)).test();
    assertTrue(half.await(10, TimeUnit.SECONDS), "no request");
    Await.until(this::hasBytes, "a part with bytes is there");
    run.dispose();
    Await.until(() -> fixture.client.policy().limiter().inFlight() == 0, "no permit is out");
    Await.until(this::isClosed, "what came is written");
    fixture.server.script("x.bin", (exchange, file) -> false);
    fixture.server.raw().awaitOpen(0);

    Fetched fetched = assertInstanceOf(Fetched.class, fixture.download(url));

    assertTrue(fetched.resumedAt() > 0, fetched::toString);
    assertArrayEquals(CONTENT, fixture.content("x.bin"));
    assertEquals(List.of(RECORDS, "x.bin"), fixture.files());
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void aBodyThatIsMuchLargerThanTheHeapIsStreamed() throws Exception {
    long length = 1L << 30;
    byte[] block = content(1, 1 << 20);
    Path urls = urls(fixture.server.serve("x.bin", CONTENT));
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          exchange.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
          for (long sent = 0; sent < length; sent += block.length) {
            exchange.send(block);
          }
          return true;
        });
    List<String> lines =
        DownloadProcess.output(
            DownloadProcess.start(List.of(), "-Xmx32m", fixture.folder.path(), urls));
    assertTrue(lines.get(0).startsWith("success " + length), lines::toString);
    assertEquals(length, Files.size(fixture.folder.path().resolve("x.bin")));
  }
}
