package dev.sluice.fetch;

import static dev.sluice.fetch.RangeServer.content;
import static dev.sluice.fetch.RangeServer.firstByte;
import static dev.sluice.fetch.RangeServer.lastByte;
import static dev.sluice.fetch.RangeServer.ok;
import static dev.sluice.fetch.RangeServer.partHead;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.ChildJvm;
import dev.sluice.Exchange;
import dev.sluice.Policy;
import dev.sluice.disk.Folder;
import dev.sluice.disk.PartialFiles;
import dev.sluice.fetch.Spans.Span;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A download in segments whose process is killed: the record beside the file never says too much.
 */
class SegmentKillTest {
  private static final int SEED = 16;
  private static final int LENGTH = 60_000_000;
  private static final int PIECE = 50_000;
  private static final byte[] CONTENT = content(SEED, LENGTH);

  @TempDir Path folder;
  private final RangeServer server = new RangeServer();
  private final URI url = server.serve("x.bin", CONTENT);
  private final AtomicLong sent = new AtomicLong();

  /** Bytes that are sent at most. */
  private final AtomicLong most = new AtomicLong();

  /** Downloads in a JVM of its own. Arguments: the folder and the URL. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      URI url = URI.create(arguments[1]);
      try (HttpClient client = HttpClient.at(url, Policy.limit(5), HttpOptions.standard())) {
        Downloads.into(Folder.at(Path.of(arguments[0])), client)
            .withSegments(4, 1 << 20)
            .withDigests()
            .downloadAll(Flowable.just(Download.of(url)))
            .blockingForEach(outcome -> System.out.println(outcome.orElseThrow()));
      }
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void aKilledDownloadIsResumedRightly() throws Exception {
    server.script("x.bin", this::inPieces);
    Random random = new Random(SEED);
    kill(LENGTH / 2, () -> checkRecord() > 0);
    assertTrue(checkRecord() > 0, "the record has no bytes");
    for (int kill = 0; kill < 6; kill++) {
      kill(random.nextInt(LENGTH / 4), () -> true);
      long unused = checkRecord();
    }

    most.set(Long.MAX_VALUE);
    String last = ChildJvm.output(child());

    assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve("x.bin")));
    assertTrue(last.contains(SegmentFixture.hash(CONTENT).toString()), last);
    try (HttpClient client = HttpClient.at(url, Policy.limit(1), HttpOptions.standard())) {
      assertEquals(
          304,
          DownloadFixture.outcome(Downloads.into(Folder.at(folder), client), Download.of(url))
              .orElseThrow()
              .status());
    }
  }

  private Process child() throws IOException {
    return ChildJvm.of(
            List.of(), List.of("-Xmx64m"), Child.class, List.of(folder.toString(), url.toString()))
        .start();
  }

  /** Kills a process when so many bytes were sent; the server sends no more. */
  private void kill(long bytes, BooleanSupplier isReady) throws Exception {
    sent.set(0);
    most.set(bytes);
    Process child = child();
    try {
      Await.until(
          () -> (sent.get() >= bytes && isReady.getAsBoolean()) || !child.isAlive(),
          "bytes: " + bytes);
    } finally {
      child.destroyForcibly();
      child.waitFor();
    }
    server.raw().awaitOpen(0);
  }

  /** Returns how many bytes the record has. */
  private long checkRecord() {
    try {
      return checkedBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long checkedBytes() throws IOException {
    var found = PartialFiles.in(Folder.at(folder)).find("name x.bin");
    if (found.isEmpty()) {
      return 0;
    }
    byte[] part = Files.readAllBytes(found.get().path());
    Spans spans = PartRecord.of(found.get().record(), url).orElseThrow().spans();
    for (Span span : spans == null ? Spans.upTo(part.length).all() : spans.all()) {
      assertEquals(
          -1,
          Arrays.mismatch(
              CONTENT,
              (int) span.from(),
              (int) span.to(),
              part,
              (int) span.from(),
              (int) span.to()),
          span::toString);
    }
    return spans == null ? 0 : spans.bytes();
  }

  private boolean inPieces(Exchange exchange, byte[] file) throws IOException {
    if (RangeServer.header(exchange, "If-None-Match") != null) {
      return false;
    }
    boolean isWhole = firstByte(exchange) < 0;
    int from = Math.max(0, firstByte(exchange));
    int to = lastByte(exchange, file) + 1;
    exchange.send(isWhole ? ok(file) : partHead(file, from, to - 1));
    for (int at = from; at < to; at += PIECE) {
      int end = Math.min(at + PIECE, to);
      if (sent.addAndGet(end - at) > most.get()) {
        exchange.untilTheClientLeaves();
      }
      exchange.send(Arrays.copyOfRange(file, at, end));
    }
    return true;
  }
}
