package dev.sluice.samples;

import dev.sluice.samples.asyncio.BoundedQueue;
import dev.sluice.samples.asyncio.Chess;
import dev.sluice.samples.asyncio.Count;
import dev.sluice.samples.asyncio.Generators;
import dev.sluice.samples.asyncio.Loops;
import dev.sluice.samples.asyncio.Primes;
import dev.sluice.samples.asyncio.SayAfter;
import dev.sluice.samples.asyncio.Semaphores;
import dev.sluice.samples.asyncio.Shell;
import dev.sluice.samples.asyncio.TaskGroup;
import dev.sluice.samples.asyncio.Threads;
import dev.sluice.samples.asyncio.Waiting;
import dev.sluice.samples.asyncio.WorkQueue;
import dev.sluice.samples.dnsserver.DnsServerCommand;
import dev.sluice.samples.domains.BlogdomCommand;
import dev.sluice.samples.domains.DomaincheckCommand;
import dev.sluice.samples.domains.ProbeCommand;
import dev.sluice.samples.flags.FlagsCommand;
import dev.sluice.samples.flagserver.FlagServerCommand;
import dev.sluice.samples.genres.GenresCommand;
import dev.sluice.samples.genreserver.GenreServerCommand;
import dev.sluice.samples.sitecheck.SitecheckCommand;
import dev.sluice.samples.titles.TitlesCommand;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;

/** The launcher: a subcommand per sample. */
@Command(
    name = "sluice",
    description = "Sample apps of Sluice: many small things over the network and onto disk.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      FlagsCommand.class,
      BlogdomCommand.class,
      DomaincheckCommand.class,
      ProbeCommand.class,
      GenresCommand.class,
      TitlesCommand.class,
      SitecheckCommand.class,
      FlagServerCommand.class,
      GenreServerCommand.class,
      DnsServerCommand.class,
      Count.class,
      SayAfter.class,
      Chess.class,
      WorkQueue.class,
      Waiting.class,
      Semaphores.class,
      Threads.class,
      BoundedQueue.class,
      Primes.class,
      Generators.class,
      TaskGroup.class,
      Loops.class,
      Shell.class
    })
public final class Main implements Runnable {
  private static final String[] MAIN_JOB = {"flags"};

  private Main() {}

  public static void main(String[] args) {
    int status = written(commandLine().execute(args.length == 0 ? MAIN_JOB : args));
    // Returning is enough when all went well; and a build that runs this in its own JVM goes on.
    if (status != 0) {
      System.exit(status);
    }
  }

  /** One command, for those who start its own main. */
  public static void sample(String name, String... args) {
    main(Stream.concat(Stream.of(name), Stream.of(args)).toArray(String[]::new));
  }

  /** The command line with all of its habits; tests redirect what it prints. */
  public static CommandLine commandLine() {
    CommandLine commands = new CommandLine(new Main());
    commands
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
    return commands
        // Unlike Picocli's own, this one asks System.out whether the other end of the pipe is open.
        .setOut(new PrintWriter(System.out, true, Charset.defaultCharset()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, args) -> refuse(e))
        .setExecutionExceptionHandler((e, command, parsed) -> fail(e, command));
  }

  /** What did not get where it should is no success, however well it went. */
  private static int written(int status) {
    Optional<String> why = Terminal.whyOutputIsCut();
    why.ifPresent(reason -> System.err.println("sluice: standard output: " + reason));
    return why.isPresent() && status == 0 ? 1 : status;
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  private static int refuse(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().printf("%s: %s (see '%s --help')%n", name, oneLine(e), name);
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int fail(Exception e, CommandLine command) {
    command.getErr().printf("%s: %s%n", command.getCommandSpec().qualifiedName(), oneLine(e));
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  private static String oneLine(Exception e) {
    String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    return message.lines().findFirst().orElse(message);
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
