package dev.sluice.samples.hello;

import dev.sluice.disk.Folder;
import dev.sluice.genres.GenreOptions;
import dev.sluice.genres.Genres;
import java.net.URI;
import java.nio.file.Path;

/** Sends only the three requests whose answers are used. */
public final class FetchOnDemand {
  public static void main(String... args) {
    URI source = URI.create("https://binaryjazz.us/");
    Folder folder = Folder.at(Path.of("genres"));
    try (Genres genres = Genres.at(source, folder, GenreOptions.standard())) {
      genres.downloadAll(1_000).take(3).blockingForEach(System.out::println);
    }
  }
}
