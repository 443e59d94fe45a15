package dev.sluice.samples.testing;

import dev.sluice.samples.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * A command, run in this process.
 *
 * @param out what it printed
 * @param err what it complained
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

  /** What it printed, line by line. */
  public List<String> lines() {
    return out.lines().toList();
  }

  /** Answers come in any order. */
  public List<String> sortedLines() {
    return out.lines().sorted().toList();
  }
}
