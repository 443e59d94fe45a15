package dev.sluice.samples;

import dev.sluice.TerminalText;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one-line message for invalid arguments. */
final class Refusal {
  /** Words of picocli about the position of an argument, before the message of the converter. */
  private static final Pattern POSITION =
      Pattern.compile("^Invalid value for positional parameter at index \\S+ \\([^)]*\\): ");

  private Refusal() {}

  static String line(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    boolean isUnknownCommand = e instanceof UnknownCommandException || isUnknownCommand(e);
    String help =
        isUnknownCommand && command.getParent() == null
            ? "'" + name + " help' lists all commands."
            : "(see '" + name + " --help')";
    return "%s: %s %s".formatted(name, reason(e), help);
  }

  private static String reason(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      if (isUnknownCommand(e)) {
        return String.valueOf(new UnknownCommandException(e.getCommandLine(), first).getMessage());
      }
      if (unmatched.isUnknownOption()) {
        String meant = didYouMean(first, optionNames(e.getCommandLine()));
        return meant.isEmpty() ? plain(e) : plain(e) + "." + meant;
      }
    }
    return plain(e);
  }

  /** A first word that is neither an option nor a subcommand, where subcommands are expected. */
  private static boolean isUnknownCommand(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && !e.getCommandLine().getSubcommands().isEmpty();
  }

  static String didYouMean(String typed, Collection<String> words) {
    return NearestWord.to(typed, words).map(word -> " Did you mean '" + word + "'?").orElse("");
  }

  private static Collection<String> optionNames(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    return spec.options().stream().flatMap(option -> Stream.of(option.names())).toList();
  }

  private static String plain(ParameterException e) {
    String message = POSITION.matcher(String.valueOf(e.getMessage())).replaceFirst("");
    return TerminalText.escaped(Urls.withoutSecrets(message));
  }
}
