package dev.sluice.fetch;

import dev.sluice.disk.FileName;
import dev.sluice.fetch.DownloadSetup.Feature;
import dev.sluice.fetch.FileNamesOfRun.Claim;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives the downloads of one run the names of their files. Thread-safe. */
final class DownloadNames {
  private final FileNaming naming;
  private final FileNamesOfRun names;

  /** The files of earlier runs whose names are taken; null for none. */
  private final @Nullable FinishedFiles earlier;

  DownloadNames(DownloadSetup setup) {
    this.naming = setup.naming();
    this.names = new FileNamesOfRun(setup.has(Feature.NUMBERING));
    this.earlier = setup.has(Feature.WITHOUT_REPLACING) ? setup.finished() : null;
  }

  /** Gives a download its name, unless that comes with the response. */
  void beforeResponse(DownloadItem item) throws IOException {
    Download download = item.download();
    if (item.name() != null) {
      return;
    }
    if (download.fileName().isPresent()) {
      FileName unused = claim(item, given(download, download.fileName().get()));
    } else if (!naming.needsResponse()) {
      FileName unused = claim(item, naming.name(download.url()));
    }
  }

  private static FileName given(Download download, String name) throws IOException {
    try {
      return FileName.of(name);
    } catch (IllegalArgumentException e) {
      throw new UnsafeFileNameException(download, e);
    }
  }

  /** The name of a download that has its response. */
  FileName ofResponse(DownloadItem item, Head head) throws IOException {
    FileName known = item.name();
    return known == null
        ? claim(item, naming.name(item.download().url(), head.disposition()))
        : known;
  }

  /** Whether a download can keep the file of an earlier run: no other one has its name. */
  boolean canKeep(DownloadItem item, FinishedFile found) throws IOException {
    FileName known = item.name();
    FileName wanted = FileName.safe(found.name());
    FileName name = known == null ? claim(item, wanted) : known;
    if (name.equals(wanted)) {
      return true;
    }
    if (known == null) {
      giveUp(item);
    }
    return false;
  }

  private FileName claim(DownloadItem item, FileName wanted) throws IOException {
    if (earlier != null) {
      earlier.load();
    }
    Download download = item.download();
    Claim claim =
        names.claim(
            wanted,
            download,
            name ->
                earlier == null
                    ? Optional.empty()
                    : earlier.otherUrlOf(name.value(), download.urls()));
    item.claim(claim);
    return claim.name();
  }

  /** The file was not written. */
  void giveUp(DownloadItem item) {
    Claim claim = item.claim();
    if (claim != null) {
      names.giveUp(claim);
      item.claim(null);
    }
  }
}
