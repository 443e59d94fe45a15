package dev.sluice.samples.fetch;

import dev.sluice.samples.TextFile;
import dev.sluice.samples.Urls;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say what is downloaded: arguments, a file or standard input. */
final class ListOptions {
  private static final Path STANDARD_INPUT = Path.of("-");

  @Parameters(paramLabel = "URL", description = "http or https URLs.")
  private List<String> urls = List.of();

  @Option(
      names = {"-i", "--input"},
      paramLabel = "FILE",
      description =
          "Read the URLs from this file, or from standard input (-): one a line, a list in the form"
              + " of aria2 (mirrors after a tab; out= and checksum= on lines of their own), or a"
              + " sitemap (of an index, the sitemaps that it names); each also compressed by gzip.")
  private @Nullable Path file;

  /**
   * The list.
   *
   * @param mayBeMissing whether no list is an empty one
   * @throws IllegalArgumentException if there is none, or two, or it cannot be read
   */
  DownloadList list(boolean mayBeMissing) {
    boolean isMissing = file == null && urls.isEmpty();
    if (isMissing ? !mayBeMissing : file != null && !urls.isEmpty()) {
      throw new IllegalArgumentException("give URLs, or -i FILE, or -i - for standard input");
    }
    if (file == null) {
      urls.forEach(ListOptions::check);
      return DownloadList.ofUrls(urls);
    }
    return file.equals(STANDARD_INPUT)
        ? DownloadList.ofStandardInput(System.in)
        : DownloadList.ofFile(TextFile.readable(file));
  }

  private static void check(String url) {
    if (Urls.parse(url).isEmpty()) {
      throw new IllegalArgumentException(ItemParser.refusal(url));
    }
  }

  /** The file of the list, if it is in one. */
  Optional<Path> file() {
    return Optional.ofNullable(file).filter(path -> !path.equals(STANDARD_INPUT));
  }

  /** What the list is called in messages. */
  String name() {
    return file().map(Path::toString).orElse("standard input");
  }
}
