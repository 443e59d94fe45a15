package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.disk.FileName;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.http.CallException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** What becomes of the body of one response: memory or disk, checks, the final name. */
final class TransferredBody implements AutoCloseable {
  /** Written in one go after the permit has gone back, as small documents are. */
  static final int SMALL_BYTES = 64 << 10;

  private final DownloadSetup setup;
  private final Download download;
  private final URI url;
  private final DiskBody disk;
  private final StallClock clock;
  private final ExpectedContent content;

  TransferredBody(
      DownloadSetup setup, Download download, URI url, DiskBody disk, StallClock clock) {
    this.setup = setup;
    this.download = download;
    this.url = url;
    this.disk = disk;
    this.clock = clock;
    this.content = new ExpectedContent(setup, download, url);
  }

  /** A response with the whole file (status 200). */
  Arrival whole(
      Head head, Response response, @Nullable MessageDigest digest, String slot, FileName name)
      throws IOException {
    content.requireLength(head.bodyBytes());
    ResponseBody body = requireNonNull(response.body());
    BufferedSource source = body.source();
    if (head.bodyBytes() <= SMALL_BYTES && fits(source)) {
      clock.pause();
      discardPart(slot, name);
      return small(head, source.readByteArray(), digest, name);
    }
    setup.partials().requireSpace(name, head.bodyBytes());
    disk.open(setup.partials(), slot, name);
    disk.begin(new PartRecord(UrlKey.of(url), head.validators(), head.bodyBytes()));
    clock.awaitBody();
    long copied = disk.copy(body, digest, setup.largestFile());
    if (copied < 0) {
      disk.discard();
      throw content.tooLong();
    }
    return done(head, name, copied, 0, digest);
  }

  /** Whether the body ends within the bytes of a small one; reads that far. */
  private boolean fits(BufferedSource source) throws IOException {
    while (source.getBuffer().size() <= SMALL_BYTES) {
      if (!source.request(source.getBuffer().size() + 1)) {
        return true;
      }
      clock.progress();
    }
    return false;
  }

  /** A part of an earlier version is of no use any more. */
  private void discardPart(String slot, FileName name) throws IOException {
    if (setup.partials().mayHave(slot)) {
      disk.open(setup.partials(), slot, name);
      disk.discard();
    }
  }

  private Arrival small(Head head, byte[] bytes, @Nullable MessageDigest digest, FileName name)
      throws IOException {
    setup.progress().received(bytes.length);
    content.requireLength(bytes.length);
    content.requireSize(bytes.length);
    if (digest != null) {
      digest.update(bytes);
    }
    Checksum checksum = content.checked(digest);
    FinishedFile finished =
        FinishedFile.of(name, url, head.validators(), bytes.length, time(head), checksum);
    return new Arrival.InMemory(name, bytes, finished);
  }

  /** A response with the rest of the file (status 206); empty if it is anything else. */
  Optional<Arrival> rest(Head head, Response response, Resume resume, String slot, FileName name)
      throws IOException {
    Head.Range range = head.range();
    if (range == null || !head.isRestOf(resume.record(), resume.have())) {
      return Optional.empty();
    }
    content.requireLength(range.length());
    long most = range.to() - resume.have() + 1;
    setup.partials().requireSpace(name, most);
    if (disk.open(setup.partials(), slot, name) != resume.have()) {
      return Optional.empty();
    }
    clock.awaitBody();
    long copied = disk.copy(requireNonNull(response.body()), resume.digest(), most);
    long length = range.length() < 0 ? resume.record().length() : range.length();
    if (copied < 0) {
      disk.discard();
      return Optional.empty();
    }
    if (copied < most || (length >= 0 && range.to() + 1 < length)) {
      throw new CallException(
          "GET",
          url.toString(),
          copied + " bytes from byte " + resume.have() + " on, of " + length,
          null);
    }
    return resumed(head, resume, name, copied);
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
    if (disk.open(setup.partials(), slot, name) != resume.have()) {
      return Optional.empty();
    }
    return resumed(head, resume, name, 0);
  }

  /** Empty if the whole has another checksum: then it was spliced, and is fetched anew. */
  private Optional<Arrival> resumed(Head head, Resume resume, FileName name, long copied)
      throws IOException {
    try {
      Head of =
          new Head(
              head.status(),
              resume.record().validators(),
              head.bodyBytes(),
              head.range(),
              head.coding(),
              head.disposition(),
              head.modified());
      return Optional.of(done(of, name, copied, resume.have(), resume.digest()));
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
        FinishedFile.of(name, url, head.validators(), bytes, time(head), checksum);
    Path path = disk.complete(finished, setup.finished());
    return new Arrival.OnDisk(
        new Fetched(
            new SavedFile(path, bytes), UrlKey.safe(url), head.status(), copied, had, checksum));
  }

  /** As {@code curl -R} and wget do; a time of the future would be wrong either way. */
  private static Instant time(Head head) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Instant modified = head.modified();
    return modified == null || modified.isAfter(now) ? now : modified;
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
