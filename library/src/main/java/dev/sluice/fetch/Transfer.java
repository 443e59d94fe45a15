package dev.sluice.fetch;

import dev.sluice.IoSchedulers;
import dev.sluice.Work;
import dev.sluice.disk.FileName;
import dev.sluice.http.ContentException;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Optional;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one download: at most two requests, of which the second is without conditions and
 * ranges, for a server that answered these wrongly.
 */
final class Transfer {
  private static final Work<Transfer, Conditions> FOUND = Work.blocking(Transfer::find);

  private final DownloadSetup setup;
  private final DownloadNames names;
  private final DownloadItem item;
  private final Download download;
  private final URI url;
  private final StallClock clock;
  private final DiskQueue disk;

  Transfer(
      DownloadSetup setup,
      DownloadNames names,
      DownloadItem item,
      StallClock clock,
      DiskQueue disk) {
    this.setup = setup;
    this.names = names;
    this.item = item;
    this.download = item.download();
    this.url = item.url();
    this.clock = clock;
    this.disk = disk;
  }

  Single<Arrival> run(IoSchedulers schedulers) {
    return found(schedulers)
        .flatMapMaybe(this::sendWith)
        .switchIfEmpty(Single.defer(() -> send(Conditions.NONE, SegmentRule.NONE).toSingle()));
  }

  /** Mostly there is nothing to be looked for, which takes no thread. */
  private Single<Conditions> found(IoSchedulers schedulers) {
    boolean isNew =
        setup.isLoaded() && !setup.finished().mayHave(url) && !setup.partials().mayHave(slot());
    return isNew ? Single.just(Conditions.NONE) : FOUND.attempt(this, schedulers).toSingle();
  }

  /** Blocks. */
  private Conditions find() throws IOException {
    if (!setup.isLoaded()) {
      DownloadSetup unused = disk.call(setup::load);
    }
    return new Conditions(resume(), finished());
  }

  /** Before the response, so not always by the name of the file. */
  private String slot() {
    FileName known = item.name();
    return known == null || (setup.naming().needsResponse() && download.fileName().isEmpty())
        ? "url " + UrlKey.of(url)
        : "name " + known.value();
  }

  private Optional<FinishedFile> finished() throws IOException {
    FinishedFiles all = setup.finished();
    return all.mayHave(url)
        ? disk.call(() -> all.find(url, item.name())).filter(item::fits)
        : Optional.empty();
  }

  private Optional<Resume> resume() throws IOException {
    String slot = slot();
    if (!setup.partials().mayHave(slot)) {
      return Optional.empty();
    }
    var found = disk.call(() -> setup.partials().find(slot));
    Optional<PartRecord> record = found.flatMap(it -> PartRecord.of(it.record(), url));
    if (record.isEmpty() || download.size().orElse(Long.MAX_VALUE) < found.get().length()) {
      return Optional.empty();
    }
    long fileBytes = found.get().length();
    long have = record.get().prefix(fileBytes);
    if (have == 0) {
      return Optional.empty();
    }
    MessageDigest digest = digest();
    if (digest != null) {
      Resume.hash(found.get().path(), have, digest);
    }
    return Optional.of(new Resume(have, fileBytes, record.get(), digest));
  }

  private @Nullable MessageDigest digest() {
    String algorithm = setup.algorithm(download);
    return algorithm.isEmpty() ? null : Checksum.digest(algorithm);
  }

  private Maybe<Arrival> sendWith(Conditions conditions) {
    return send(conditions, item.isPlain() ? SegmentRule.NONE : setup.segments())
        .onErrorResumeNext(e -> conditions.areRefused(e) ? Maybe.empty() : Maybe.error(e));
  }

  /** Empty if the response is of no use: it is asked for again from the start. */
  private Maybe<Arrival> send(Conditions conditions, SegmentRule rule) {
    return setup
        .client()
        .call(() -> request(conditions), response -> read(response, conditions, rule))
        .mapOptional(arrival -> arrival);
  }

  /** The call begins: so does the wait for its response. */
  private Request request(Conditions conditions) {
    Request.Builder request = PlainRequest.of(url);
    conditions.addTo(request);
    clock.awaitHead();
    return request.build();
  }

  private Optional<Arrival> read(Response response, Conditions conditions, SegmentRule rule)
      throws IOException {
    clock.cutOffBy(response::close);
    clock.awaitBody();
    Head head = Head.of(response);
    try (TransferredBody body =
        new TransferredBody(setup, download, url, rule, diskBody(), clock)) {
      return switch (head.status()) {
        case 304 -> unchanged(conditions.finished(), head);
        case 206, 416 -> rest(head, response, conditions, body);
        default -> {
          String unasked = head.unasked();
          if (conditions.areMisread(head, unasked)) {
            yield Optional.empty();
          }
          if (!unasked.isEmpty()) {
            throw new ContentException(url.toString(), unasked, null);
          }
          yield body.whole(head, response, digest(), slot(), names.ofResponse(item, head));
        }
      };
    }
  }

  private Optional<Arrival> rest(
      Head head, Response response, Conditions conditions, TransferredBody body)
      throws IOException {
    Resume resume = conditions.resume().orElseThrow();
    boolean hadName = item.name() != null;
    FileName name = names.ofResponse(item, head.ofRest(resume.record()));
    Optional<Arrival> arrival =
        head.status() == 206
            ? body.rest(head, response, resume, slot(), name)
            : body.complete(head, resume, slot(), name);
    if (arrival.isEmpty() && !hadName) {
      // It is another version, whose response will name it.
      names.giveUp(item);
    }
    return arrival;
  }

  private DiskBody diskBody() {
    return new DiskBody(disk, clock, setup.progress(), setup.buffers());
  }

  private Optional<Arrival> unchanged(Optional<FinishedFile> finished, Head head)
      throws IOException {
    return finished.isPresent()
            && !finished.get().validators().contradict(head.validators())
            && names.canKeep(item, finished.get())
        ? Optional.of(finished.get().unchanged(setup.folder(), url, head.status()))
        : Optional.empty();
  }
}
