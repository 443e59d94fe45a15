package dev.sluice.samples.domains;

import dev.sluice.samples.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options for the names: arguments, a file or standard input. */
final class NameOptions {
  private static final String STANDARD_INPUT = "-";

  @Parameters(
      paramLabel = "NAME",
      description = "Names, or - to read them from standard input, one a line.")
  private List<String> names = List.of();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description =
          "Read the names from this file, one a line. Empty lines and those that start with # do"
              + " not count.")
  private @Nullable Path file;

  /**
   * Checks that there is one source of names, and that it can be read.
   *
   * @param mayBeMissing whether there need not be one
   * @throws IllegalArgumentException if not; the message says what is allowed
   */
  void check(boolean mayBeMissing) {
    boolean several = names.size() > 1 && names.contains(STANDARD_INPUT);
    boolean isMissing = file == null && names.isEmpty();
    if (isMissing ? !mayBeMissing : several || (file != null && !names.isEmpty())) {
      throw new IllegalArgumentException("give names, or -f FILE, or - for standard input");
    }
    if (file != null && !isStandardInput()) {
      TextFile.readable(file);
    }
  }

  /**
   * Checks that the output has a name, and is not the file of the names.
   *
   * @throws IllegalArgumentException if not; the message says what is allowed
   */
  void checkOutput(Path output) {
    if (output.toString().isEmpty()) {
      throw new IllegalArgumentException("--output '': allowed is the path of a file");
    }
    if (file != null && !isStandardInput()) {
      TextFile.checkOutput(file, output);
    }
  }

  NameSource source() throws IOException {
    if (isStandardInput()) {
      return NameSource.ofStandardInput(System.in);
    }
    return file == null ? NameSource.ofList(names) : NameSource.ofFile(file);
  }

  /** A text that is the same for the same arguments, found without reading the names. */
  String label() {
    if (isStandardInput()) {
      return STANDARD_INPUT;
    }
    return file == null ? String.join(" ", names) : file.toAbsolutePath().normalize().toString();
  }

  private boolean isStandardInput() {
    return names.equals(List.of(STANDARD_INPUT)) || Path.of(STANDARD_INPUT).equals(file);
  }
}
