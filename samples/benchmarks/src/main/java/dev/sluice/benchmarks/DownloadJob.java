package dev.sluice.benchmarks;

import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The job of all programs: download {@code base/key/key.gif} to {@code folder/key.gif}. */
record DownloadJob(String base, Path keyFile, int flags, Path folder, int limit) {

  static DownloadJob create(ScratchFolder scratch, String base, List<String> keys, int limit)
      throws IOException {
    Path keyFile = Files.write(scratch.file("keys"), keys);
    return new DownloadJob(base, keyFile, keys.size(), scratch.file("downloaded"), limit);
  }

  /** The keys, read on demand, because the list would not fit into a small heap. */
  @SuppressWarnings("StreamResourceLeak") // fromStream closes it, however the run ends.
  Flowable<String> keys() {
    return Flowable.defer(() -> Flowable.fromStream(Files.lines(keyFile)));
  }

  String url(String key) {
    return base + "/" + key + "/" + key + ".gif";
  }

  /** Empties the folder, so that no program finds files of an earlier one. */
  void clear() throws IOException {
    ScratchFolder.delete(folder);
    Files.createDirectories(folder);
  }

  void requireDone(String who) throws IOException {
    DownloadedFlags.in(folder).requireAllOf(who, flags);
  }
}
