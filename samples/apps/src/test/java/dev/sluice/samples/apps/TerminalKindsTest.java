package dev.sluice.samples.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.samples.testing.PseudoTerminal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Terminals that are narrow, or that cannot write a line anew. */
@Timeout(60)
class TerminalKindsTest {
  @TempDir Path folder;

  @BeforeAll
  static void needsAPseudoTerminal() {
    assumeTrue(PseudoTerminal.isAvailable(), "python3 and pseudo-terminals are needed");
  }

  /** A longer bar would be broken into two lines, again each time that it is drawn. */
  @Test
  void aBarIsNotWiderThanTheTerminal() throws Exception {
    String shown = shownAfter("stty cols 15", "flags", "-o", folder.toString(), "BR", "VN");
    List<String> bars =
        Stream.of(shown.split("[\r\n]")).filter(line -> line.startsWith("flags ")).toList();
    assertFalse(bars.isEmpty(), shown);
    assertTrue(bars.stream().allMatch(bar -> bar.length() < 15), shown);
  }

  @Test
  void aDumbTerminalGetsTheCodesInsteadOfABar() throws Exception {
    String shown = shownAfter("export TERM=dumb", "flags", "-o", folder.toString(), "BR");
    assertTrue(shown.contains("\nBR\n"), shown);
    assertFalse(shown.contains("1/1 ("), shown);
  }

  @Test
  void aDumbTerminalGetsNoColours() throws Exception {
    assertTrue(titles("export TERM=xterm").contains("\u001b["));
    assertFalse(titles("export TERM=dumb").contains("\u001b["));
  }

  private static String titles(String command) throws Exception {
    return shownAfter("unset NO_COLOR; " + command, "titles", "--embedded", "--to=185");
  }

  private static String shownAfter(String command, String... arguments) throws Exception {
    try (PseudoTerminal terminal = PseudoTerminal.startAfter(command, arguments)) {
      String shown = terminal.rest();
      assertEquals(0, terminal.exitStatus(), shown);
      return shown;
    }
  }
}
