package dev.sluice.samples.jobs;

import dev.sluice.samples.Main;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.TextFile;
import dev.sluice.samples.apps.UsageCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Adds a job. */
@Command(
    name = "add",
    description = {
      "Adds a job, and prints its id.",
      "The list is copied into the database. Options of the command follow after two dashes:",
      "  sluice jobs add fetch urls.txt -o downloaded -- --rate 10/s --tries 5"
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
final class AddCommand implements Callable<Integer> {
  private static final long LONGEST_LIST = 100_000_000;
  private static final int ID_BYTES = 4;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "COMMAND",
      converter = KindOption.class,
      description = "fetch or probe.")
  @SuppressWarnings("NullAway.Init")
  private Job.Kind kind;

  @Parameters(
      index = "1",
      paramLabel = "LIST",
      description = "A file with the URLs or names, as the command reads it.")
  @SuppressWarnings("NullAway.Init")
  private Path list;

  @Parameters(index = "2..*", paramLabel = "OPTION", description = "Options of the command.")
  private List<String> options = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "The folder of the files and of the journal, which all workers must see. Default:"
              + " ${DEFAULT-VALUE}.")
  private Path folder = Path.of("downloaded");

  @Mixin private final JobsOption place = new JobsOption();

  @Override
  public Integer call() throws IOException {
    UsageCheck.check(spec, this::check);
    byte[] random = new byte[ID_BYTES];
    new SecureRandom().nextBytes(random);
    String id = kind.command() + "-" + HexFormat.of().formatHex(random);
    Job job = new Job(id, kind, TextFile.read(list), folder.toAbsolutePath().normalize(), options);
    checkOptions(job);
    try (JobTable table = JobTable.open(place.database())) {
      table.add(job);
    }
    spec.commandLine().getOut().println(id);
    return 0;
  }

  private void check() {
    Path file = TextFile.readable(list);
    try {
      if (Files.size(file) > LONGEST_LIST) {
        throw new IllegalArgumentException("'" + file + "': allowed are lists of up to 100 MB");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("'" + file + "' is not a file that can be read", e);
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IllegalArgumentException("'" + folder + "' is not a folder");
    }
    if (options.stream().anyMatch(option -> option.contains("\n"))) {
      throw new IllegalArgumentException("options of a job: allowed is one line each");
    }
  }

  /** Reads the options as the worker will, so that a wrong one is refused now. */
  private void checkOptions(Job job) {
    ParseResult read;
    try {
      read = Main.commandLine().parseArgs(job.words(list).toArray(new String[0])).subcommand();
    } catch (ParameterException e) {
      throw refusal(String.valueOf(e.getMessage()), e);
    }
    for (String option : List.of("--retryable", "--plan", "--help")) {
      if (read.hasMatchedOption(option)) {
        throw refusal(option + " is not for jobs", null);
      }
    }
    if (!read.matchedPositionals().isEmpty()) {
      throw refusal("unexpected argument among the options of the job", null);
    }
  }

  private ParameterException refusal(String words, @Nullable Exception e) {
    CommandLine command = spec.commandLine();
    return new ParameterException(command, words.lines().findFirst().orElse(""), e);
  }

  static final class KindOption extends ParsedOption<Job.Kind> {
    KindOption() {
      super(Job.Kind::parse);
    }
  }
}
