package dev.sluice.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import dev.sluice.disk.FileName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of the whole files of one folder, in its file {@code .sluice-files.ndjson}: a line of
 * JSON for each download that has ended, and the last line of a name counts. Only the offsets of
 * the lines are in memory. If more than half of the lines do not count, they are dropped when the
 * file is read.
 *
 * <p>Lines of several processes may be mixed, but not torn: what is added at once is one write at
 * the end of the file. A line that a killed process left torn is ignored. A lost line costs a
 * download, no more.
 *
 * <p>Thread-safe. Calls block.
 */
final class FinishedFiles {
  private static final String NAME = ".sluice-files.ndjson";

  private final Path folder;
  private final RecordLines lines;

  // Guarded by this.
  private OffsetIndex index = new OffsetIndex();
  private boolean isTorn;
  private int all;
  private int counting;

  /** Of the file that the offsets are of. */
  private @Nullable Object key;

  private volatile boolean isLoaded;

  FinishedFiles(Path folder) {
    this.folder = folder;
    this.lines = new RecordLines(folder.resolve(NAME));
  }

  boolean isLoaded() {
    return isLoaded;
  }

  /** Reads the file, once. */
  synchronized void load() throws IOException {
    if (isLoaded) {
      return;
    }
    long end = read();
    if (all > 2 * counting) {
      try {
        lines.keep(key, end, this::counts);
      } catch (IOException e) {
        // The lines do no harm.
      }
      long unused = read();
    }
    isLoaded = true;
  }

  /** Returns the offset behind the last whole line. */
  private long read() throws IOException {
    index = new OffsetIndex();
    all = 0;
    counting = 0;
    key = lines.key();
    long end = lines.read(this::index);
    isTorn = key != null && end < Files.size(lines.file());
    return end;
  }

  private void index(String line, long offset) {
    all++;
    try {
      FinishedFile finished = FinishedFile.parse(line);
      counting += index.get(byName(finished.name())) < 0 ? 1 : 0;
      index(finished, offset);
    } catch (IOException e) {
      // Torn, or of another version: that file is downloaded again.
    }
  }

  private boolean counts(String line, long offset) {
    try {
      return index.get(byName(FinishedFile.parse(line).name())) == offset;
    } catch (IOException e) {
      return false;
    }
  }

  /** Another process has dropped lines: the offsets are those of a file that is gone. */
  private boolean isReplaced() {
    return isLoaded && !Objects.equals(key, lines.key());
  }

  private void index(FinishedFile finished, long offset) {
    index.put(byName(finished.name()), offset);
    index.put(byUrl(finished.url()), offset);
  }

  private static String byName(String name) {
    return "name " + name;
  }

  private static String byUrl(String url) {
    return "url " + url;
  }

  /** Whether {@link #find} may find something: no record is read. */
  synchronized boolean mayHave(URI url) {
    return index.get(byUrl(UrlKey.of(url))) >= 0;
  }

  /** Whether the last file of this name came from one of these. */
  boolean isLastOf(String name, List<URI> urls) {
    Set<String> own = keys(urls);
    long offset;
    synchronized (this) {
      offset = index.get(byName(name));
    }
    return offset >= 0 && (isOf(offset, own) || isAt(offset, own));
  }

  /** By the record itself: the index has only the last file of a URL, which may have several. */
  private boolean isAt(long offset, Set<String> urls) {
    try {
      return urls.contains(FinishedFile.parse(lines.lineAt(offset)).url());
    } catch (IOException e) {
      return false;
    }
  }

  /** The URL of a file that is still there as it was written, unless it is one of these. */
  Optional<String> otherUrlOf(String name, List<URI> urls) {
    Set<String> own = keys(urls);
    try {
      long offset = offsetOfOther(name, own);
      if (offset < 0) {
        return Optional.empty();
      }
      FinishedFile found = FinishedFile.parse(lines.lineAt(offset));
      return found.name().equals(name) && !own.contains(found.url()) && found.isIn(folder)
          ? Optional.of(found.url())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Without a look at the disk in the usual case: the name is free, or last came from these. */
  private synchronized long offsetOfOther(String name, Set<String> urls) throws IOException {
    if (isReplaced()) {
      long unused = read();
    }
    long offset = index.get(byName(name));
    return isOf(offset, urls) ? -1 : offset;
  }

  private static Set<String> keys(List<URI> urls) {
    return urls.stream().map(UrlKey::of).collect(toSet());
  }

  private synchronized boolean isOf(long offset, Set<String> urls) {
    return urls.stream().anyMatch(url -> index.get(byUrl(url)) == offset);
  }

  /** The last file that came from this URL, see {@link #find(URI, FileName)}. */
  Optional<FinishedFile> find(URI url) {
    return find(url, null);
  }

  /**
   * The record of a file that came from this URL and is still there as it was written.
   *
   * @param name of the file; null if any will do
   */
  Optional<FinishedFile> find(URI url, @Nullable FileName name) {
    String from = UrlKey.of(url);
    try {
      long offset;
      synchronized (this) {
        if (isReplaced()) {
          long unused = read();
        }
        offset = index.get(name == null ? byUrl(from) : byName(name.value()));
      }
      if (offset < 0) {
        return Optional.empty();
      }
      FinishedFile found = FinishedFile.parse(lines.lineAt(offset));
      boolean isLast;
      synchronized (this) {
        isLast = index.get(byName(found.name())) == offset;
      }
      return found.url().equals(from) && isLast && found.isIn(folder)
          ? Optional.of(found)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Adds a record as {@link #add(List)} does. */
  void add(FinishedFile finished) {
    add(List.of(finished));
  }

  /**
   * Adds records by one write: before their files get their names, so that no whole file is without
   * one. If the disk refuses, the files are downloaded again by the next run; their own failures
   * will say why.
   */
  synchronized void add(List<FinishedFile> finished) {
    if (finished.isEmpty()) {
      return;
    }
    try {
      append(finished);
      if (key == null) {
        key = lines.key();
      }
      if (isReplaced()) {
        // The lines may be in the file that is gone. To have them twice does no harm.
        long unused = read();
        append(finished);
      }
    } catch (Throwable e) {
      // An Error too, such as no memory for a buffer: the files are whole.
      isTorn = true;
    }
  }

  private void append(List<FinishedFile> finished) throws IOException {
    StringBuilder text = new StringBuilder(isTorn ? "\n" : "");
    int[] starts = new int[finished.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = text.length();
      text.append(finished.get(i).json()).append('\n');
    }
    // Records are ASCII, so a char is a byte.
    long offset = lines.append(text.toString().getBytes(UTF_8));
    for (int i = 0; i < starts.length; i++) {
      index(finished.get(i), offset + starts[i]);
    }
    isTorn = false;
  }
}
