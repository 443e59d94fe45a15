package dev.sluice.samples.cluster;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.Retry;
import dev.sluice.TerminalText;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Download;
import dev.sluice.fetch.Downloaded;
import dev.sluice.fetch.Downloads;
import dev.sluice.fetch.FileNaming;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import dev.sluice.journal.JournalCodec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How a subtask downloads: with an HTTP client of its own, and a lane for each host.
 *
 * @param folder a folder that all workers share
 * @param names a template for the names of the files; with the host, so that no two subtasks write
 *     the same file
 * @param limit how many downloads of a subtask are in flight at once
 * @param perHost how many of them at one host
 * @param rate how many requests a host gets in a time, such as {@code 10/s}; empty for no rate
 */
record DownloadSettings(String folder, String names, int limit, int perHost, String rate)
    implements OpenPipeline.Opener<Downloaded> {
  /** Every URL is absolute. */
  private static final URI NO_BASE = URI.create("http://localhost/");

  private static final Duration LONGEST_PARKING = Duration.ofMinutes(5);
  private static final int ATTEMPTS = 3;
  private static final Pattern USER = Pattern.compile("^([a-zA-Z]+://)[^/?#]*@");

  @Override
  public OpenPipeline<Downloaded> open(int subtasks) throws IOException {
    Policy policy = Policy.of(Limiter.of(limit, lanes())).withRetry(Retry.upTo(ATTEMPTS));
    HttpClient client = HttpClient.at(NO_BASE, policy, HttpOptions.standard());
    Downloads downloads =
        Downloads.into(Folder.at(Path.of(folder)), client).withNaming(FileNaming.template(names));
    return new OpenPipeline<>(
        downloads.pipeline().parsing(DownloadSettings::parse), codec(), client::close);
  }

  private Lanes lanes() {
    Lanes lanes = Lanes.limit(perHost).withParking(LONGEST_PARKING);
    return rate.isEmpty() ? lanes : lanes.withRate(Rate.parse(rate));
  }

  private static Download parse(String url) throws IOException {
    try {
      return Download.of(URI.create(url));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "not a URL that can be downloaded: " + TerminalText.quoted(withoutUser(url)), e);
    }
  }

  /** Notes URLs without a user and a password. */
  private static JournalCodec<String, Downloaded> codec() {
    return JournalCodec.<String, Downloaded>of(DownloadSettings::withoutUser, url -> url)
        .withValues(Downloaded::journalNotes);
  }

  private static String withoutUser(String url) {
    return USER.matcher(url).replaceFirst("$1");
  }
}
