package dev.sluice.samples;

import static java.util.stream.Collectors.toMap;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/** The list of commands, with the walkthrough under a heading of its own. */
final class CommandGroups implements IHelpSectionRenderer {
  private static final String WALKTHROUGH = "dev.sluice.samples.asyncio";

  @Override
  public String render(Help help) {
    return help.commandList(group(help, false))
        + help.createHeading("%nFrom asyncio to RxJava:%n")
        + help.commandList(group(help, true));
  }

  private static Map<String, Help> group(Help help, boolean walkthrough) {
    return help.subcommands().entrySet().stream()
        .filter(command -> isOfWalkthrough(command.getValue()) == walkthrough)
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  private static boolean isOfWalkthrough(Help command) {
    return command.commandSpec().userObject().getClass().getPackageName().equals(WALKTHROUGH);
  }
}
