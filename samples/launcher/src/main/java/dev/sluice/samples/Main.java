package dev.sluice.samples;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The launcher: a subcommand per sample. */
@Command(
    name = "sluice",
    description = {
      "Sample apps of Sluice: many small things over the network and onto disk.",
      "'sluice flags' downloads 20 flags from a server of its own: a good start."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = "%n'sluice help COMMAND' explains a command.",
    versionProvider = Main.Version.class)
public final class Main implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private Main() {}

  public static void main(String[] args) {
    UncaughtErrors.showInOneLine();
    String first = args.length == 0 ? "--help" : args[0];
    exit(commandLine(first).execute(args));
  }

  /** Runs one command as a program of its own: the {@code main} of a sample calls this. */
  public static void launch(Object command, String... args) {
    UncaughtErrors.showInOneLine();
    exit(configured(new CommandLine(command)).execute(args));
  }

  /** Does nothing on success: a build that runs a command in its own JVM goes on. */
  private static void exit(int commandStatus) {
    int status = written(commandStatus);
    if (status != 0) {
      System.exit(status);
    }
  }

  private static List<CommandSet> sets() {
    return ServiceLoader.load(CommandSet.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(CommandSet::rank))
        .toList();
  }

  private static void addAll(CommandLine commands, List<CommandSet> sets) {
    sets.forEach(set -> set.commands().forEach(commands::addSubcommand));
    commands.addSubcommand(new HelpCommand());
    commands
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups(sets));
  }

  private static boolean isCalled(String name, Class<?> sample) {
    return sample.getAnnotation(Command.class).name().equals(name);
  }

  /** The command line as {@code main} runs it. Tests redirect its output. */
  public static CommandLine commandLine() {
    return commandLine("--help");
  }

  /** The command line for arguments that start with this word. */
  private static CommandLine commandLine(String first) {
    CommandLine commands = new CommandLine(new Main());
    List<CommandSet> sets = sets();
    // Adding all commands would take 0.05 s of the 0.25 s that a small download needs.
    Optional<Class<?>> wanted =
        sets.stream()
            .flatMap(set -> set.commands().stream())
            .filter(command -> isCalled(first, command))
            .findFirst();
    if (wanted.isPresent()) {
      commands.addSubcommand(wanted.get());
    } else {
      addAll(commands, sets);
    }
    commands
        .getSubcommands()
        .forEach(
            (name, command) ->
                sets.forEach(set -> set.subcommandsOf(name).forEach(command::addSubcommand)));
    return configured(commands);
  }

  private static CommandLine configured(CommandLine command) {
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        // An argument that starts with @ is that argument, and not a file of further ones.
        .setExpandAtFiles(false)
        // Unlike picocli's default writer, this one notices that a pipe was closed.
        // UTF-8 in every locale: CSV, JSON and lists of names are read by programs.
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((e, args) -> refuse(e))
        .setExecutionExceptionHandler((e, failed, parsed) -> fail(e, failed));
  }

  /** Reports output that was lost; a command that was successful otherwise has status 1 then. */
  private static int written(int status) {
    Optional<String> why = Terminal.whyOutputIsCut();
    why.ifPresent(reason -> System.err.println("sluice: standard output: " + reason));
    return why.isPresent() && status == 0 ? 1 : status;
  }

  /** Without a command it explains itself: nothing was asked that could be wrong. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int refuse(ParameterException e) {
    CommandLine command = e.getCommandLine();
    command.getErr().println(Refusal.line(e));
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int fail(Exception e, CommandLine command) {
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + ErrorText.of(e));
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  /** The version that the jar's manifest carries. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"sluice " + Objects.requireNonNullElse(version, "(not packaged)")};
    }
  }
}
