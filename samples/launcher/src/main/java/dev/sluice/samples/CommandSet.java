package dev.sluice.samples;

import java.util.List;

/**
 * The commands that one module adds to the launcher. {@link java.util.ServiceLoader} finds the sets
 * that are on the class path, so each module of the samples can be started and tested alone.
 */
public interface CommandSet {
  /** The position of this set in the help; the lowest rank comes first. */
  int rank();

  /** The heading of this set in the help. */
  String heading();

  /**
   * The classes of the commands, each with picocli's {@code @Command}, in the order of the help.
   */
  List<Class<?>> commands();

  /** Further subcommands for the command of this name, which may be of another set. */
  default List<Class<?>> subcommandsOf(String command) {
    return List.of();
  }
}
