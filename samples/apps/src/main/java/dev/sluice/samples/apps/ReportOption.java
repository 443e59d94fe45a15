package dev.sluice.samples.apps;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option {@code --report}, alone or with the file of a page. */
public final class ReportOption {
  /** The word that asks for the usual page, and the file of that page. */
  private static final String HTML = "html";

  private static final String PAGE = "report.html";

  @Option(
      names = "--report",
      arity = "0..1",
      paramLabel = "PAGE",
      preprocessor = Attached.class,
      description =
          "Show on a terminal what is in flight, waits and is left alone, and at the end on standard"
              + " error a table of the hosts and what the time went into. With '=PAGE' also write"
              + " this and a picture of the run into a page of HTML; '--report html' writes "
              + PAGE
              + ". Default: off.")
  private @Nullable String page;

  /** Whether the option is given. */
  public boolean isGiven() {
    return page != null;
  }

  /** The file of the page, if one is named. */
  Optional<Path> page(CommandSpec spec) {
    try {
      return Optional.ofNullable(page).filter(name -> !name.isEmpty()).map(Path::of);
    } catch (InvalidPathException e) {
      throw new ParameterException(spec.commandLine(), "--report: " + e.getMessage(), e);
    }
  }

  /** What follows the option after a space is a key, unless it is the word for the usual page. */
  @SuppressWarnings("JdkObsolete") // The type is picocli's.
  static final class Attached implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      if (!"=".equals(info.get("separator"))) {
        boolean html = !arguments.isEmpty() && arguments.peek().equals(HTML);
        if (html) {
          arguments.pop();
        }
        arguments.push(html ? PAGE : "");
      }
      return false;
    }
  }
}
