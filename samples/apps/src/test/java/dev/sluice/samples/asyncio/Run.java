package dev.sluice.samples.asyncio;

import dev.sluice.samples.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** A command, run in this process as somebody would type it. */
record Run(int status, List<String> out, String err) {
  static Run of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Run(status, out.toString().lines().toList(), err.toString().strip());
  }
}
