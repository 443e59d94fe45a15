package dev.sluice.fetch;

import dev.sluice.TerminalText;
import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.DownloadSetup.Feature;
import dev.sluice.fetch.FileNamesOfRun.Claim;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Gives the downloads of one run the names of their files. Thread-safe. */
final class DownloadNames {
  private static final String FOREIGN = "a file that no download has made";

  private static final String OF_THE_RUN = "the run itself";

  private final Folder folder;
  private final FileNaming naming;
  private final FileNamesOfRun names;

  /** The files of earlier runs. */
  private final FinishedFiles earlier;

  private final boolean isReplacing;

  DownloadNames(DownloadSetup setup) {
    this.folder = setup.folder();
    this.naming = setup.naming();
    this.names = new FileNamesOfRun(setup.has(Feature.NUMBERING));
    this.earlier = setup.finished();
    setup.reserved().forEach(name -> names.reserve(name, OF_THE_RUN));
    this.isReplacing = !setup.has(Feature.WITHOUT_REPLACING);
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
    if (known != null) {
      return known;
    }
    URI url = item.download().url();
    FileName name = naming.name(url, head.disposition());
    return name.equals(naming.name(url)) ? claim(item, name) : claimOfServer(item, name);
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
    if (isReplacing) {
      return claim(item, wanted, name -> Optional.empty());
    }
    earlier.load();
    return claim(item, wanted, name -> ofOther(name, item.download()));
  }

  /** A server must not choose which file is replaced. */
  private FileName claimOfServer(DownloadItem item, FileName wanted) throws IOException {
    List<URI> own = item.download().urls();
    earlier.load();
    return claim(
        item,
        wanted,
        name ->
            earlier.isLastOf(name.value(), own) || !exists(name)
                ? Optional.empty()
                : ofOther(name, item.download()).or(() -> Optional.of(FOREIGN)));
  }

  private Optional<String> ofOther(FileName name, Download download) {
    return earlier
        .otherUrlOf(name.value(), download.urls())
        .map(url -> TerminalText.line(url) + " in an earlier run");
  }

  private boolean exists(FileName name) {
    try {
      return Files.exists(folder.path().resolve(name.value()), LinkOption.NOFOLLOW_LINKS);
    } catch (InvalidPathException e) {
      return false; // A name that this locale does not have: the write will say so.
    }
  }

  private FileName claim(
      DownloadItem item, FileName wanted, Function<FileName, Optional<String>> taken)
      throws IOException {
    Claim claim = names.claim(wanted, item.download(), taken);
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
