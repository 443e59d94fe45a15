package dev.sluice.samples;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/** Lists the commands in the help, each {@link CommandSet} under a heading of its own. */
final class CommandGroups implements IHelpSectionRenderer {
  private final List<CommandSet> sets;

  CommandGroups(List<CommandSet> sets) {
    this.sets = sets;
  }

  @Override
  public String render(Help help) {
    return sets.stream()
        .map(
            set ->
                help.createHeading("%n" + set.heading() + ":%n") + help.commandList(of(set, help)))
        .collect(joining());
  }

  private static Map<String, Help> of(CommandSet set, Help help) {
    return help.subcommands().entrySet().stream()
        .filter(command -> set.commands().contains(type(command.getValue())))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  private static Class<?> type(Help command) {
    return command.commandSpec().userObject().getClass();
  }
}
