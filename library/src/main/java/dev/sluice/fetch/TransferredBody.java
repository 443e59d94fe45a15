package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.disk.FileName;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.http.CallException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** What becomes of the body of one response: memory or disk, checks, the final name. */
final class TransferredBody implements AutoCloseable {
  private final DownloadSetup setup;
  private final Download download;
  private final URI url;
  private final SegmentRule rule;
  private final DiskBody disk;
  private final StallClock clock;
  private final ExpectedContent content;

  TransferredBody(
      DownloadSetup setup,
      Download download,
      URI url,
      SegmentRule rule,
      DiskBody disk,
      StallClock clock) {
    this.setup = setup;
    this.download = download;
    this.url = url;
    this.rule = rule;
    this.disk = disk;
    this.clock = clock;
    this.content = new ExpectedContent(setup, download, url);
  }

  /** A response with the whole file (status 200); empty if its segments do not make it up. */
  Optional<Arrival> whole(
      Head head, Response response, @Nullable MessageDigest digest, String slot, FileName name)
      throws IOException {
    content.requireLength(head.bodyBytes());
    ResponseBody body = requireNonNull(response.body());
    BufferedSource source = body.source();
    SmallBody small = new SmallBody(setup, url, clock, content);
    if (small.fits(head, source)) {
      clock.pause();
      discardPart(slot, name);
      return Optional.of(small.arrival(head, source.readByteArray(), digest, name));
    }
    long length = disk.open(setup.partials(), slot, name);
    long replaced = disk.replaced(setup.partials(), slot, length);
    setup.partials().requireSpace(name, head.bodyBytes() - replaced);
    PartRecord record = PartRecord.of(url, head);
    disk.begin(record);
    if (rule.allows(response, head, record, Spans.NONE)) {
      return inSegments(head, response, record, Spans.NONE, digest, name);
    }
    clock.awaitBody();
    long copied = disk.copy(body, digest, setup.largestFile());
    if (copied < 0) {
      disk.discard();
      throw content.tooLong();
    }
    return Optional.of(done(head, name, copied, 0, digest));
  }

  /** Empty if the whole has another checksum. */
  private Optional<Arrival> inSegments(
      Head head,
      Response response,
      PartRecord record,
      Spans there,
      @Nullable MessageDigest digest,
      FileName name)
      throws IOException {
    Segments segments = Segments.of(record.length(), there, rule.atMost(), rule.leastBytes());
    SegmentWork work = new SegmentWork(setup, url, disk.inSegments(record, segments));
    new SegmentedTransfer(setup, work, clock).run(response, there.prefix(), digest);
    return joined(head, record, name, record.length() - there.bytes(), there.bytes(), digest);
  }

  /** A part of an earlier version is of no use any more. */
  private void discardPart(String slot, FileName name) throws IOException {
    if (setup.partials().mayHave(slot)) {
      disk.open(setup.partials(), slot, name);
      disk.discard();
    }
  }

  /** A response with the rest of the file (status 206); empty if it is anything else. */
  Optional<Arrival> rest(Head head, Response response, Resume resume, String slot, FileName name)
      throws IOException {
    Head.Range range = head.range();
    if (range == null || !head.isRestOf(resume.record(), resume.have())) {
      return Optional.empty();
    }
    long length = range.length() < 0 ? resume.record().length() : range.length();
    content.requireLength(length);
    long most = range.to() - resume.have() + 1;
    setup.partials().requireSpace(name, length - resume.spans().bytes());
    if (disk.open(setup.partials(), slot, name) != resume.fileBytes()) {
      return Optional.empty();
    }
    PartRecord record = resume.record();
    Spans there = resume.spans();
    if (range.to() == record.length() - 1 && rule.allows(response, head, record, there)) {
      return inSegments(head, response, record, there, resume.digest(), name);
    }
    disk.cut(resume);
    clock.awaitBody();
    long copied = disk.copy(requireNonNull(response.body()), resume.digest(), most);
    if (copied < 0) {
      disk.discard();
      return Optional.empty();
    }
    if (copied < most || range.to() + 1 < length) {
      throw new CallException(
          "GET",
          url.toString(),
          copied + " bytes from byte " + resume.have() + " on, of " + length,
          null);
    }
    return joined(head, record, name, copied, resume.have(), resume.digest());
  }

  /** A response that no byte is left (status 416); empty if that is not sure. */
  Optional<Arrival> complete(Head head, Resume resume, String slot, FileName name)
      throws IOException {
    Head.Range range = head.range();
    boolean isWhole = range != null && range.length() == resume.have();
    boolean isSame =
        download.checksum().isPresent() || resume.record().validators().confirm(head.validators());
    boolean fits = resume.record().length() < 0 || resume.record().length() == resume.have();
    if (!isWhole || !isSame || !fits) {
      return Optional.empty();
    }
    content.requireLength(resume.have());
    if (disk.open(setup.partials(), slot, name) != resume.have()) {
      return Optional.empty();
    }
    return joined(head, resume.record(), name, 0, resume.have(), resume.digest());
  }

  /** Empty if the whole has another checksum: then it was spliced, and is fetched anew. */
  private Optional<Arrival> joined(
      Head head,
      PartRecord record,
      FileName name,
      long copied,
      long had,
      @Nullable MessageDigest digest)
      throws IOException {
    try {
      return Optional.of(done(head.ofRest(record), name, copied, had, digest));
    } catch (WrongContentException e) {
      return Optional.empty();
    }
  }

  private Arrival done(
      Head head, FileName name, long copied, long had, @Nullable MessageDigest digest)
      throws IOException {
    long bytes = had + copied;
    Checksum checksum;
    try {
      content.requireSize(bytes);
      checksum = content.checked(digest);
    } catch (WrongContentException e) {
      disk.discard();
      throw e;
    }
    FinishedFile finished =
        FinishedFile.of(name, url, head.validators(), bytes, head.fileTime(), checksum);
    Path path = disk.complete(finished, setup.finished());
    return new Arrival.OnDisk(
        new Fetched(
            new SavedFile(path, bytes), UrlKey.safe(url), head.status(), copied, had, checksum));
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
