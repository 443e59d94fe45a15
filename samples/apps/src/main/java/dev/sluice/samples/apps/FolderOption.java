package dev.sluice.samples.apps;

import dev.sluice.disk.Folder;
import dev.sluice.samples.ParsedOption;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code -o} of all commands that write files. */
public final class FolderOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      converter = Converter.class,
      description = "Write the files into this folder. Default: ${DEFAULT-VALUE}.")
  private Path folder;

  /** An option with this default. */
  public FolderOption(String folder) {
    this.folder = Path.of(folder);
  }

  public Folder folder() {
    return Folder.at(folder);
  }

  private static Path parse(String text) {
    Path folder = Path.of(text);
    // An empty text, such as that of a variable that is not set, would be the current folder.
    if (text.isEmpty() || (Files.exists(folder) && !Files.isDirectory(folder))) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a folder: allowed are a folder and a path where one can be made");
    }
    return folder;
  }

  static final class Converter extends ParsedOption<Path> {
    Converter() {
      super(FolderOption::parse);
    }
  }
}
