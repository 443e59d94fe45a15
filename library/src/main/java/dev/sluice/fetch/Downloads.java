package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.TerminalText;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.DownloadSetup.Feature;
import dev.sluice.http.HttpClient;
import dev.sluice.journal.JournalCodec;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Downloads of any http and https URLs into the files of one folder: of any length, and resumed
 * where an earlier attempt or an earlier run broke off.
 *
 * <pre>{@code
 * try (HttpClient client = HttpClient.at(base, Policy.limit(8).withRetry(Retry.upTo(3)), options)) {
 *   Downloads.into(Folder.at(Path.of("downloaded")), client)
 *       .downloadAll(Flowable.fromIterable(urls).map(Download::of))
 *       .blockingForEach(System.out::println);
 * }
 * }</pre>
 *
 * <p><b>Memory.</b> A network thread reads the body, the disk scheduler writes it, and at most 4
 * buffers lie between them, of 128 KiB, or of 256 KiB outside the heap if the transport lends them
 * ({@link dev.sluice.http.BulkSource}): a slow disk slows the reading. A body of at most 64 KiB is
 * kept in memory and written in one go, after its permit has gone back.
 *
 * <p><b>Threads.</b> A download has a network thread from its request to the end of its body. Over
 * a {@linkplain dev.sluice.http.HttpOptions#withTransport transport} it takes one when the response
 * is there: the whole of it up to 64 KiB, else the start of a longer or a slow one. What an earlier
 * run has left of its file is looked for on a network thread, too.
 *
 * <p><b>Clocks.</b> The attempt timeout of the client's policy bounds the time to the head of the
 * response. The body may take as long as it flows, see {@link #withStallTimeout}; the item timeout
 * bounds all. Attempts are not hedged: two of them cannot write one file.
 *
 * <p><b>Resume.</b> Until it is whole, a file has a name with the prefix {@code .sluice-}, and
 * beside it lies a record: URL, validators, length. The next attempt, or a later run, asks for the
 * rest with {@code Range} and {@code If-Range} (RFC 9110, sections 14.2 and 13.1.5), if the
 * response had a strong {@code ETag}, or a {@code Last-Modified} that was a second old. A response
 * that is not exactly the rest of that version is dropped, and the file asked for again from the
 * start, in the same attempt. Partial files that no run goes on with are removed after 7 days;
 * those that cannot be resumed at once.
 *
 * <p><b>A second run</b> sends a condition ({@code If-None-Match} or {@code If-Modified-Since}) for
 * each file that the folder has, with the length and the modification time that it was written
 * with. For this, the folder has the file {@code .sluice-files.ndjson}, with a line of JSON for
 * each download; a run that finds more than half of the lines replaced by later ones drops these. A
 * 304 is {@link Downloaded.Unchanged}.
 *
 * <p><b>Content.</b> {@code Accept-Encoding: identity} is sent with each request, because lengths
 * and ranges count the bytes on the way; a coded body is a failure, unless the file itself is coded
 * so by its name and the server knows its length: {@code Content-Encoding: x-gzip} of {@code
 * x.tar.gz}. The modification time of the file is the {@code Last-Modified} of the response, as
 * with {@code curl -R}. An expected {@linkplain Download#withChecksum checksum} is checked before
 * the file gets its name. Free disk space is checked before the first byte, where the length is
 * known.
 *
 * <p><b>Failures.</b> {@link WrongContentException}, {@link StalledException}, {@link
 * FileNameTakenException}, {@link dev.sluice.disk.BusyFileException}, {@link
 * dev.sluice.disk.DiskException} and {@link dev.sluice.http.CallException} with its subclasses. A
 * 404 or 410 of all URLs is <i>not found</i>.
 *
 * <p>The {@linkplain dev.sluice.Lanes lane} of an attempt is host and port of its URL, see {@link
 * HttpClient#lane(java.net.URI)}. The base URL of the client has no other meaning than that only
 * its server gets the headers and the authorization of the client. A user and a password in a URL
 * are sent to its server (RFC 7617), and are in no message and no record.
 *
 * <p>Immutable; every {@code with…} method returns a copy. Thread-safe.
 */
public final class Downloads {
  private final DownloadSetup setup;

  private Downloads(DownloadSetup setup) {
    this.setup = setup;
  }

  /**
   * {@return downloads into this folder: named after their URLs, a stall timeout of 30 s, files of
   * any length, a request for each file of an earlier run, no numbering, no hash where none is
   * expected}
   *
   * @param folder where the files go; created when the first of them is written
   * @param client makes the requests, within its policy
   */
  public static Downloads into(Folder folder, HttpClient client) {
    return new Downloads(
        DownloadSetup.of(requireNonNull(folder, "folder"), requireNonNull(client, "client")));
  }

  /**
   * {@return a copy that names files in this way}
   *
   * @param naming {@link FileNaming#fromUrl()} by default
   */
  public Downloads withNaming(FileNaming naming) {
    return new Downloads(setup.withNaming(requireNonNull(naming, "naming")));
  }

  /**
   * {@return a copy in which an attempt fails when its body brings no byte for this long, with a
   * {@link StalledException}}
   *
   * <p>The time for which the disk keeps the network waiting does not count.
   *
   * @param timeout longer than zero; {@link Policy#FOREVER} for no such clock; 30 s by default
   */
  public Downloads withStallTimeout(Duration timeout) {
    if (requireNonNull(timeout, "timeout").isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout: " + timeout + ", must be longer than zero");
    }
    return new Downloads(
        setup.withStallTimeout(timeout.compareTo(Policy.FOREVER) < 0 ? timeout : Policy.FOREVER));
  }

  /**
   * {@return a copy that refuses longer files with a {@link WrongContentException}}
   *
   * @param bytes 1 or more; no limit by default
   */
  public Downloads withLargestFile(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes: " + bytes + ", must be 1 or more");
    }
    return new Downloads(setup.withLargestFile(bytes));
  }

  /**
   * {@return a copy that downloads a large file in segments, several at once}
   *
   * <p>For servers that are slow for each connection. Each further segment is a request with {@code
   * Range} and {@code If-Range} (RFC 9110, sections 14.2 and 13.1.5), and takes a permit and a
   * token of the rate from the limiter of the client, in the {@linkplain dev.sluice.Lanes lane} of
   * the URL: there are never more requests at once than that allows. The first request needs none
   * of the others; it goes on through the file, up to a segment that comes already. So a file comes
   * in one piece if the response to it has no {@code Content-Length}, no strong {@code ETag} or no
   * {@code Accept-Ranges: bytes}, and if permits or the server allow no second request. What is not
   * exactly the segment of that version is dropped. After a 429 or 503 for a segment, no more
   * segments of the file are requested.
   *
   * <p>A failed segment is requested again within the retry of the policy. If segments are missing
   * in the end, the attempt fails, and the next one fetches them: there is one, without segments,
   * also if the policy has no retry. A file with a checksum is read once more, in part. Each
   * segment takes 4 buffers of 128 KiB. A listener of the limiter hears of the attempts and
   * outcomes of segments; a journal does not.
   *
   * @param atMost how many segments of one file come at once, the first included: 1 or more; 1 by
   *     default, which is a file in one piece
   * @param leastBytes the fewest bytes of a segment, 1 or more, such as 8 MiB: a file of less than
   *     two of them comes in one piece
   */
  public Downloads withSegments(int atMost, long leastBytes) {
    if (atMost < 1) {
      throw new IllegalArgumentException("atMost: " + atMost + ", must be 1 or more");
    }
    if (leastBytes < 1) {
      throw new IllegalArgumentException("leastBytes: " + leastBytes + ", must be 1 or more");
    }
    return new Downloads(setup.withSegments(new SegmentRule(atMost, leastBytes)));
  }

  /**
   * {@return a copy that sends no request for a file that the folder has with its record, and takes
   * no permit for it}
   *
   * <p>It is {@link Downloaded.Unchanged} with the status 0, if its length and modification time
   * are those of the record, and the expected checksum, if there is one, was checked when it came.
   */
  public Downloads withTrust() {
    return new Downloads(setup.with(Feature.TRUST));
  }

  /**
   * {@return a copy that numbers files: the second {@code a.zip} of a run is written as {@code
   * a_2.zip}}
   *
   * <p>Without it, the second download of a name is a failure with a {@link
   * FileNameTakenException}. The numbers follow the order in which the names become known.
   */
  public Downloads withNumbering() {
    return new Downloads(setup.with(Feature.NUMBERING));
  }

  /**
   * {@return a copy for a run that goes on with an earlier one: a file of another URL is not
   * replaced}
   *
   * <p>A name is taken if the folder has a whole file of that name with its record, and the record
   * says another URL. The download is then a failure with a {@link FileNameTakenException}, or gets
   * a number. Without this, a later run replaces the file. The records are read on the thread that
   * subscribes, once, and again for a name that is taken.
   */
  public Downloads withoutReplacing() {
    return new Downloads(setup.with(Feature.WITHOUT_REPLACING));
  }

  /**
   * {@return a copy in which no download gets the name of this file, which the run itself needs:
   * its journal, the list of its URLs}
   *
   * <p>Such a download is a failure with a {@link FileNameTakenException}, or gets a number. To be
   * called for each of several files. Looks at the disk now, for links.
   *
   * @param file any file; one of another folder has no effect
   */
  public Downloads withReserved(Path file) {
    return new Downloads(setup.withReserved(requireNonNull(file, "file")));
  }

  /** {@return a copy that computes the SHA-256 of each file that has no expected checksum} */
  public Downloads withDigests() {
    return new Downloads(setup.with(Feature.DIGESTS));
  }

  /**
   * {@return a copy that tells this of the bytes of all bodies, as they come}
   *
   * @param received gets how many bytes came since it was called last for the same download; called
   *     by many network threads at once, which wait for it. What it throws goes to {@code
   *     RxJavaPlugins.onError}, and the download goes on
   */
  public Downloads withProgress(LongConsumer received) {
    return new Downloads(
        setup.withProgress(new ByteProgress(requireNonNull(received, "received"))));
  }

  /**
   * {@return the pipeline of the downloads}
   *
   * <p>It remembers the names of the files for as long as it exists: take a new one for each run. A
   * success comes on the disk scheduler or a network thread, when its file is in place; while the
   * disk is held up, perhaps on the timer, see {@link Saving}. After a cancellation, each file is
   * whole, absent, or partial under another name.
   */
  public Pipeline<Download, Downloaded> pipeline() {
    DownloadWork work = new DownloadWork(setup);
    return Pipeline.of(work.policy(), work)
        .unlessKnown(work::known)
        .then(work::outcome)
        .parsing(DownloadItem::new);
  }

  /**
   * {@return the outcomes of downloads, as they complete: those of a new {@link #pipeline()}}
   *
   * <p><b>Backpressure:</b> honoured; no more downloads are pulled than the policy's window has
   * room for. <b>Scheduler:</b> an outcome comes on the disk scheduler of the policy for a small
   * file, otherwise on the thread where the last attempt ended. <b>Failure:</b> an {@code
   * IOException} of the network or the disk is a value; a bug, or an error of the source, goes to
   * {@code onError}. <b>Cancellation:</b> cancels the downloads under way; what came stays for the
   * next run, if it can be resumed.
   *
   * @param downloads any number of downloads
   */
  public Flowable<Outcome<Download, Downloaded>> downloadAll(
      Flowable<? extends Download> downloads) {
    requireNonNull(downloads, "downloads");
    return Flowable.defer(() -> pipeline().runAll(downloads));
  }

  /**
   * {@return what a journal notes of {@link #pipeline()}: the URL, the file, its length and its
   * hash}
   *
   * <pre>{@code
   * downloads.pipeline().journalled(journal, Downloads.journalCodec()).runAll(all)
   * }</pre>
   *
   * <p>The URL alone is the text of a key: two downloads of one URL are one key of the journal, and
   * {@link dev.sluice.journal.JournalIndex#retryable} gives downloads without mirrors, name,
   * checksum and size. A codec of your own may have these: {@link Downloaded#journalNotes} is for
   * its values.
   */
  public static JournalCodec<Download, Downloaded> journalCodec() {
    return JournalCodec.<Download, Downloaded>of(Download::toString, Downloads::parse)
        .withValues(Downloaded::journalNotes);
  }

  private static Download parse(String url) throws IOException {
    try {
      return Download.of(URI.create(url));
    } catch (IllegalArgumentException e) {
      throw new IOException("not a URL that can be downloaded: " + TerminalText.quoted(url), e);
    }
  }
}
