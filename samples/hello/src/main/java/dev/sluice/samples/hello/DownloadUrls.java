package dev.sluice.samples.hello;

import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Download;
import dev.sluice.fetch.Downloads;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import java.net.URI;
import java.nio.file.Path;

/** Downloads any URLs into files of any length, and resumes what broke off. */
public final class DownloadUrls {
  public static void main(String... args) {
    URI source = URI.create("https://www.fluentpython.com/data/flags/");
    Policy policy = Policy.limit(8).withRetry(Retry.upTo(3));
    try (HttpClient client = HttpClient.at(source, policy, HttpOptions.standard())) {
      Downloads.into(Folder.at(Path.of("downloaded")), client)
          .downloadAll(
              Flowable.just("br/br.gif", "vn/vn.gif", "none")
                  .map(source::resolve)
                  .map(Download::of))
          .blockingForEach(System.out::println);
    }
  }
}
