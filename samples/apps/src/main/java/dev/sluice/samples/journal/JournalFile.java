package dev.sluice.samples.journal;

import dev.sluice.samples.ParsedOption;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** A journal that a command reads. */
final class JournalFile {
  private JournalFile() {}

  private static Path parse(String text) {
    Path file = Path.of(text);
    if (text.isEmpty() || !Files.exists(file) || Files.isDirectory(file)) {
      throw new IllegalArgumentException("'" + text + "' is not a file: a journal is needed");
    }
    return file;
  }

  /** Says that a torn last line does not count. */
  static void warn(CommandSpec spec, Object tornLine) {
    spec.commandLine().getErr().println(tornLine);
  }

  static final class Converter extends ParsedOption<Path> {
    Converter() {
      super(JournalFile::parse);
    }
  }
}
