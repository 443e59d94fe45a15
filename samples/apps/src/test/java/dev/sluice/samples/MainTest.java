package dev.sluice.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(60)
class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void listsItsCommands() {
    assertEquals(0, execute("--help"));
    assertTrue(out.toString().contains("flag-server"), out::toString);
  }

  @Test
  void listsTheWalkthroughUnderItsOwnHeading() {
    assertEquals(0, execute("--help"));
    String help = out.toString();
    int heading = help.indexOf("From asyncio to RxJava:");
    assertTrue(heading > help.indexOf("dns-server"), help);
    assertTrue(heading < help.indexOf("  count "), help);
  }

  @Test
  void printsItsVersion() {
    assertEquals(0, execute("--version"));
    assertTrue(out.toString().startsWith("sluice "), out::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "flog-server | sluice: 'flog-server' is not a command. Did you mean 'flag-server'?"
            + " 'sluice help' lists all commands.",
        "xyz | sluice: 'xyz' is not a command. 'sluice help' lists all commands.",
        "http://u:secret@h/ | sluice: 'http://h/' is not a command. 'sluice help' lists all commands.",
        "x\u001bx | sluice: 'x<U+001B>x' is not a command. 'sluice help' lists all commands.",
        "@file | sluice: '@file' is not a command. 'sluice help' lists all commands.",
        "help flgs | sluice: 'flgs' is not a command. Did you mean 'flags'?"
            + " 'sluice help' lists all commands.",
        "ledger shwo | sluice ledger: 'shwo' is not a command. Did you mean 'show'?"
            + " (see 'sluice ledger --help')",
        "flags --tmeout 3 | sluice flags: Unknown option: '--tmeout'. Did you mean '--timeout'?"
            + " (see 'sluice flags --help')",
        "--hlep | sluice: Unknown option: '--hlep'. Did you mean '--help'? (see 'sluice --help')",
        "flags -x | sluice flags: Unknown option: '-x' (see 'sluice flags --help')",
        "flags --timeout | sluice flags: --timeout needs a value: TIME (see 'sluice flags --help')",
        "flags -m1 -m2 | sluice flags: --max-requests is given more than once"
            + " (see 'sluice flags --help')",
        "flags --timeout 0s | sluice flags: --timeout: '0s' is not a timeout: allowed is anything"
            + " longer than zero (see 'sluice flags --help')",
        "titles --from x | sluice titles: --from: 'x': allowed are 0 to"
            + " 1000000 (see 'sluice titles --help')",
        "sitecheck http:// | sluice sitecheck: 'http://' is not a site: allowed are http(s) URLs"
            + " without user (see 'sluice sitecheck --help')",
        "sitecheck h http:// | sluice sitecheck: 'http://' is not a site: allowed are http(s) URLs"
            + " without user (see 'sluice sitecheck --help')",
        "exercises abc | sluice exercises: 'abc' is not an exercise: allowed are 1 to 40"
            + " (see 'sluice exercises --help')",
        "blogdom http://u:secret@h/ | sluice blogdom: unexpected argument 'http://h/'"
            + " (see 'sluice blogdom --help')",
      })
  void refusesAMistypedWordInOneLineAndSuggestsTheNearest(String arguments, String line) {
    assertEquals(2, execute(arguments.split(" ")));
    assertEquals(line, err.toString().strip());
    assertEquals("", out.toString());
  }

  @Test
  void shortensAMessageAboutALongArgument() {
    assertEquals(2, execute("flags", "--limit", "9".repeat(10_000)));
    assertTrue(err.toString().startsWith("sluice flags: --limit: '999"), err::toString);
    assertTrue(err.toString().contains("9…9"), err::toString);
    assertTrue(err.toString().contains("': allowed are 1 to 2147483647 (see"), err::toString);
    assertTrue(err.toString().length() < 1_200, err::toString);
  }

  @Test
  void explainsItselfWithoutArguments() {
    assertEquals(0, execute());
    String plain = out.toString();
    assertTrue(plain.contains("  flags "), plain);
    out.getBuffer().setLength(0);
    assertEquals(0, execute("help"));
    assertEquals(plain, out.toString());
  }

  @ParameterizedTest
  @CsvSource({"help flags, flags --help", "help ledger show, ledger show --help"})
  void explainsACommand(String help, String option) {
    assertEquals(0, execute(help.split(" ")));
    String explained = out.toString();
    out.getBuffer().setLength(0);
    assertEquals(0, execute(option.split(" ")));
    assertEquals(out.toString(), explained);
  }

  @Test
  void noHelpSaysADefaultTwice() {
    for (CommandLine command : withSubcommands(Main.commandLine()).toList()) {
      String help = command.getUsageMessage().replaceAll("\\s+", " ");
      assertFalse(Pattern.compile("Default: [^ ]+ Default:").matcher(help).find(), help);
    }
  }

  private static Stream<CommandLine> withSubcommands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(MainTest::withSubcommands));
  }

  private int execute(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
