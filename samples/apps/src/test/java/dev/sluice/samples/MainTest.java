package dev.sluice.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void listsItsCommands() {
    assertEquals(0, execute("--help"));
    assertTrue(out.toString().contains("flag-server"), out::toString);
  }

  @Test
  void listsTheWalkthroughByItself() {
    assertEquals(0, execute("--help"));
    String help = out.toString();
    int heading = help.indexOf("From asyncio to RxJava:");
    assertTrue(heading > help.indexOf("dns-server"), help);
    assertTrue(heading < help.indexOf("  count "), help);
  }

  @Test
  void tellsItsVersion() {
    assertEquals(0, execute("--version"));
    assertTrue(out.toString().startsWith("sluice "), out::toString);
  }

  @Test
  void refusesAnUnknownCommandInOneLine() {
    assertEquals(2, execute("flog-server"));
    assertEquals(
        "sluice: Unmatched argument at index 0: 'flog-server' (see 'sluice --help')",
        err.toString().strip());
  }

  private int execute(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
