package dev.sluice.netty;

import static dev.sluice.netty.NettyDownloads.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Policy;
import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import dev.sluice.disk.PartialFile;
import dev.sluice.disk.PartialFiles;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.fetch.Downloads;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A long file in three segments over Netty. */
class NettySegmentsTest extends LongFileFixture {
  private static final int THIRD = LONG / 3;
  private static final Pattern RANGE = Pattern.compile("(?i)\r\nrange: bytes=(\\d+)-(\\d+)\r\n");

  private final AtomicLong received = new AtomicLong();

  private Downloads segmented(NettyDownloads downloads) {
    return downloads.downloads().withSegments(3, 500_000).withProgress(received::addAndGet);
  }

  @Test
  void segmentsComeByResponsesOfTheirOwn() throws IOException {
    try (NettyDownloads downloads = serving(Policy.limit(3), this::answer)) {
      var outcome = downloads.outcome(segmented(downloads), "x.bin").orElseThrow();

      assertArrayEquals(file.content(), downloads.file("x.bin"));
      assertEquals(LONG, ((Fetched) outcome).fetchedBytes());
      assertEquals(3, downloads.server.heads().size());
      await(() -> downloads.client.policy().limiter().inFlight() == 0, "a permit is out");
    }
  }

  @Test
  void withOnePermitTheFileComesInOnePiece() throws IOException {
    try (NettyDownloads downloads = serving(ONE, (head, out) -> whole(out, LONG))) {
      var outcome = downloads.outcome(segmented(downloads), "x.bin").orElseThrow();

      assertArrayEquals(file.content(), downloads.file("x.bin"));
      assertEquals(200, outcome.status());
      assertEquals(1, downloads.server.heads().size());
    }
  }

  @Test
  void aCancelledDownloadLeavesNothingOpen() throws IOException {
    try (NettyDownloads downloads = serving(Policy.limit(3), this::half)) {
      Disposable run = segmented(downloads).pipeline().run(downloads.of("x.bin")).subscribe();
      await(() -> received.get() == 3L * THIRD / 2, "half of each segment");
      run.dispose();
      downloads.awaitEnd();
      await(this::isClosed, "the file is open");
    }
  }

  /** Whether no attempt writes the file any more. */
  private boolean isClosed() {
    PartialFiles partials = PartialFiles.in(Folder.at(folder));
    try (PartialFile opened = partials.open("name x.bin", FileName.of("x.bin"))) {
      return opened.length() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The first response ends its third when the others have come. */
  private void answer(String head, OutputStream out) throws IOException {
    if (RANGE.matcher(head).find()) {
      part(head, out, 1);
      return;
    }
    whole(out, THIRD - 1);
    await(() -> received.get() == LONG - 1, "the other segments");
    out.write(file.content(), THIRD - 1, 1);
    out.flush();
  }

  private void half(String head, OutputStream out) throws IOException {
    if (RANGE.matcher(head).find()) {
      part(head, out, 2);
    } else {
      whole(out, THIRD / 2);
    }
  }

  private void whole(OutputStream out, int bytes) throws IOException {
    AnsweringServer.write(
        out,
        "HTTP/1.1 200 OK\r\nETag: %s\r\nAccept-Ranges: bytes\r\nContent-Length: %d\r\n\r\n"
            .formatted(file.etag(), LONG));
    out.write(file.content(), 0, bytes);
    out.flush();
  }

  /** The right head, and this part of the bytes. */
  private void part(String head, OutputStream out, int divisor) throws IOException {
    Matcher range = RANGE.matcher(head);
    boolean unused = range.find();
    int from = Integer.parseInt(range.group(1));
    int to = Integer.parseInt(range.group(2));
    AnsweringServer.write(
        out,
        "HTTP/1.1 206 Partial Content\r\nETag: %s\r\nContent-Range: bytes %d-%d/%d\r\n"
                .formatted(file.etag(), from, to, LONG)
            + "Content-Length: "
            + (to + 1 - from)
            + "\r\n\r\n");
    out.write(file.content(), from, (to + 1 - from) / divisor);
    out.flush();
  }
}
