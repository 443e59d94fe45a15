package dev.sluice.samples.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.IoSchedulers;
import dev.sluice.samples.apps.UnclosedInput;
import io.reactivex.rxjava3.core.Emitter;
import io.reactivex.rxjava3.core.Flowable;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A list of downloads as a stream that honours backpressure: the list is read on demand. Its form
 * is found by its first bytes: lines of URLs, or a sitemap; either may be compressed by gzip.
 */
interface DownloadList {
  /** Of one octet each. */
  String BLANKS = " \t\r\n";

  int MOST_BLANKS = 1_000;

  /** Opens the list; called once for each pass. */
  InputStream open() throws IOException;

  /** Whether the list can be read twice. */
  boolean canBeRepeated();

  /** The items, each read when it is asked for, on the disk scheduler. */
  default Flowable<ListedItem> items() {
    return Flowable.<ListedItem, ItemReader>generate(
            () -> reader(open()), DownloadList::emitNext, ItemReader::close)
        .subscribeOn(IoSchedulers.shared().disk());
  }

  /** URLs that are given as arguments. */
  static DownloadList ofUrls(List<String> urls) {
    return new DownloadList() {
      @Override
      public InputStream open() {
        throw new UnsupportedOperationException("arguments are not read from a stream");
      }

      @Override
      public boolean canBeRepeated() {
        return true;
      }

      @Override
      public Flowable<ListedItem> items() {
        return Flowable.fromIterable(urls).map(url -> ListedItem.ofUrl(0, url));
      }
    };
  }

  /** The list in a file. */
  static DownloadList ofFile(Path file) {
    return new DownloadList() {
      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }

      @Override
      public boolean canBeRepeated() {
        return Files.isRegularFile(file);
      }
    };
  }

  /** The list on a stream that stays open. */
  static DownloadList ofStandardInput(InputStream in) {
    return new DownloadList() {
      @Override
      public InputStream open() {
        return new UnclosedInput(in);
      }

      @Override
      public boolean canBeRepeated() {
        return false;
      }
    };
  }

  private static ItemReader reader(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw);
    try {
      if (startsWith(in, 0x1F, 0x8B)) {
        in = new BufferedInputStream(new GzipInput(in));
      }
      if (startsWith(in, 0xEF, 0xBB, 0xBF)) {
        // A byte order mark, which some editors write before the first line.
        in.skipNBytes(3);
      }
      return isSitemap(in)
          ? new SitemapReader(in)
          : new UrlListReader(new BufferedReader(new InputStreamReader(in, UTF_8)));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Also in UTF-16. Some sites have blank lines before it, which are skipped. */
  private static boolean isSitemap(InputStream in) throws IOException {
    in.mark(MOST_BLANKS + 1);
    int blanks = 0;
    int first = in.read();
    while (blanks < MOST_BLANKS && BLANKS.indexOf(first) >= 0) {
      blanks++;
      first = in.read();
    }
    in.reset();
    if (first == '<') {
      in.skipNBytes(blanks);
      return true;
    }
    return startsWith(in, 0xFF, 0xFE, '<', 0) || startsWith(in, 0xFE, 0xFF, 0, '<');
  }

  private static boolean startsWith(InputStream in, int... octets) throws IOException {
    in.mark(octets.length);
    boolean same = true;
    for (int i = 0; i < octets.length && same; i++) {
      same = in.read() == octets[i];
    }
    in.reset();
    return same;
  }

  private static void emitNext(ItemReader reader, Emitter<ListedItem> emitter) throws IOException {
    Optional<ListedItem> item = reader.next();
    if (item.isPresent()) {
      emitter.onNext(item.get());
    } else {
      emitter.onComplete();
    }
  }
}
