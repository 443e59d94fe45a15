package dev.sluice.samples.hello;

import dev.sluice.Resource;
import dev.sluice.disk.Folder;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import io.reactivex.rxjava3.core.Flowable;
import java.net.URI;
import java.nio.file.Path;

/** Opens a client when the stream is subscribed to, and closes it when the stream ends. */
public final class OpenAndClose {
  public static void main(String... args) {
    URI source = URI.create("https://www.fluentpython.com/data/flags");
    Folder folder = Folder.at(Path.of("downloaded"));
    Resource<Flags> client = Resource.of(() -> Flags.at(source, folder, FlagOptions.standard()));
    Flowable<CountryCode> codes = Flowable.fromIterable(CountryCode.mostPopulous());
    client.use(flags -> flags.downloadAll(codes)).blockingForEach(System.out::println);
  }
}
