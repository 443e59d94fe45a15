package dev.sluice.samples;

import dev.sluice.TerminalText;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one-line message for invalid arguments. */
final class Refusal {
  /** Words of picocli about the position of an argument, before the message of the converter. */
  private static final Pattern POSITION =
      Pattern.compile("^Invalid value for positional parameter at index \\S+ \\([^)]*\\): ");

  /** The same for an option: its name alone is kept. */
  private static final Pattern OPTION =
      Pattern.compile("^Invalid value for option '([^']*)'(?: \\([^)]*\\))?");

  /** A shorter option such as {@code -x} is like every other one of its length. */
  private static final int SHORTEST_SUGGESTED = 3;

  private static final int LONGEST = 1_000;

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
        return plain(new UnknownCommandException(e.getCommandLine(), first));
      }
      if (unmatched.isUnknownOption()) {
        String meant =
            first.length() < SHORTEST_SUGGESTED
                ? ""
                : didYouMean(first, optionNames(e.getCommandLine()));
        return meant.isEmpty() ? plain(e) : plain(e) + "." + meant;
      }
      return refusalOf(first, e.getCommandLine().getCommandSpec())
          .orElseGet(() -> "unexpected argument " + quoted(first));
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing(missing.getMissing().get(0));
    }
    if (e instanceof OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + " is given more than once";
    }
    return plain(e);
  }

  /**
   * What the converter of a positional parameter with several values says. Picocli drops that
   * message: it takes a value that is refused for the end of the list.
   */
  private static Optional<String> refusalOf(String argument, CommandSpec spec) {
    return spec.positionalParameters().stream()
        .filter(ArgSpec::isMultiValue)
        .flatMap(parameter -> Stream.of(parameter.converters()))
        .flatMap(converter -> refusalBy(converter, argument))
        .findFirst();
  }

  private static Stream<String> refusalBy(ITypeConverter<?> converter, String argument) {
    try {
      converter.convert(argument);
      return Stream.empty();
    } catch (Exception e) {
      return Stream.of(shown(String.valueOf(e.getMessage())));
    }
  }

  private static String missing(ArgSpec argument) {
    return argument.isOption()
        ? name(argument) + " needs a value: " + argument.paramLabel()
        : argument.paramLabel() + " is missing";
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
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
    String message =
        POSITION
            .matcher(String.valueOf(e.getMessage()).replaceFirst("^Error: ", ""))
            .replaceFirst("");
    return shown(OPTION.matcher(message).replaceFirst("$1"));
  }

  private static String quoted(String argument) {
    return shown("'" + argument + "'");
  }

  private static String shown(String message) {
    return shortened(TerminalText.escaped(Urls.withoutSecrets(message)));
  }

  /** The start and the end: what a long value is, and what is allowed. */
  private static String shortened(String message) {
    return message.length() <= LONGEST
        ? message
        : message.substring(0, LONGEST / 2)
            + "…"
            + message.substring(message.length() - LONGEST / 2);
  }
}
