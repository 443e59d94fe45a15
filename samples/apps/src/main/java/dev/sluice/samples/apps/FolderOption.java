package dev.sluice.samples.apps;

import dev.sluice.disk.Folder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code -o} of all commands that write files. */
public final class FolderOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Write the files into this folder. Default: ${DEFAULT-VALUE}.")
  private Path folder;

  /** An option with this default. */
  public FolderOption(String folder) {
    this.folder = Path.of(folder);
  }

  public Folder folder() {
    return Folder.at(folder);
  }
}
