package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Checks the files of a program: a program that drops a flag has failed, however fast it is. */
record DownloadedFlags(long files, long bytes) {

  static DownloadedFlags in(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      // The records of a program are no flags.
      List<Path> files = entries.filter(file -> !file.toFile().isHidden()).toList();
      long bytes = 0;
      for (Path file : files) {
        bytes += Files.size(file);
      }
      return new DownloadedFlags(files.size(), bytes);
    }
  }

  void requireAllOf(String who, int flags) {
    DownloadedFlags all = new DownloadedFlags(flags, (long) flags * FlagSizedGif.BYTES);
    if (!equals(all)) {
      throw new IllegalStateException("%s left %s where %s was to be".formatted(who, this, all));
    }
  }
}
