package dev.sluice.samples;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The named command does not exist. The message suggests the nearest existing one. */
final class UnknownCommandException extends ParameterException {
  private static final long serialVersionUID = 1L;

  /**
   * @param command the command line that has no such subcommand
   */
  UnknownCommandException(CommandLine command, String typed) {
    super(command, message(command, typed));
  }

  private static String message(CommandLine command, String typed) {
    return "'%s' is not a command.%s"
        .formatted(typed, Refusal.didYouMean(typed, command.getSubcommands().keySet()));
  }
}
