package dev.sluice.samples;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the help of the launcher, or of the command that is named. */
@Command(
    name = "help",
    description = "Explains a command, or lists all of them.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
final class HelpCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(paramLabel = "COMMAND", description = "Such as flags, or ledger record.")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine().getParent();
    for (String name : names) {
      CommandLine next = command.getSubcommands().get(name);
      if (next == null) {
        throw new UnknownCommandException(command, name);
      }
      command = next;
    }
    command.usage(spec.commandLine().getOut());
    return 0;
  }
}
