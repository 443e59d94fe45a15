package dev.sluice.samples.hello;

import static java.time.Duration.ofSeconds;

import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.disk.Folder;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import dev.sluice.flags.Naming;
import io.reactivex.rxjava3.core.Flowable;
import java.net.URI;
import java.nio.file.Path;

/** Two streams with one policy: together they have at most 4 requests in flight. */
public final class ShareLimit {
  public static void main(String... args) {
    Policy policy = Policy.limit(4).withRetry(Retry.upTo(3)).withAttemptTimeout(ofSeconds(2));
    FlagOptions options = FlagOptions.of(policy);
    URI source = URI.create("https://www.fluentpython.com/data/flags");
    Folder folder = Folder.at(Path.of("downloaded"));
    try (Flags byCode = Flags.at(source, folder, options);
        Flags byName = Flags.at(source, folder, options.withNaming(Naming.BY_COUNTRY))) {
      Flowable<CountryCode> codes = Flowable.just(CountryCode.of("br"), CountryCode.of("vn"));
      Flowable.merge(byCode.downloadAll(codes), byName.downloadAll(codes))
          .blockingForEach(System.out::println);
    }
  }
}
