package dev.sluice.samples.testing;

import dev.sluice.samples.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * A command that was run in this JVM.
 *
 * @param out its standard output
 * @param err its standard error
 */
public record Run(int status, String out, String err) {
  public static Run of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Run(status, out.toString(), err.toString());
  }

  /** The lines of its standard output. */
  public List<String> lines() {
    return out.lines().toList();
  }

  /** The lines sorted, for commands whose answers come in any order. */
  public List<String> sortedLines() {
    return out.lines().sorted().toList();
  }
}
