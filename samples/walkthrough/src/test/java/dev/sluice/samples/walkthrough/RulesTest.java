package dev.sluice.samples.walkthrough;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.samples.walkthrough.Rules.Rule;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every line of the table is compiled, by Error Prone too, and run by Python. */
@Timeout(120)
class RulesTest {
  private static final Pattern OPTION_OF_THE_BUILD = Pattern.compile("(--add-\\S+) (\\S+)");
  private static final Pattern ERROR = Pattern.compile("Table\\.java:(\\d+): error: (.*)");

  private static final Predicate<Rule> BY_ERROR_PRONE =
      rule -> rule.compilerSays().startsWith("[CheckReturnValue]");

  @TempDir private Path folder;

  /** Error Prone checks only what compiles. */
  @Test
  void theCompilerSaysWhatTheTableSays() throws Exception {
    List<Rule> rules = Rules.ALL.stream().filter(BY_ERROR_PRONE.negate()).toList();
    assertEquals(verdicts(rules), compiled(rules));
  }

  @Test
  void errorProneRefusesASingleThatIsIgnored() throws Exception {
    List<Rule> rules =
        Rules.ALL.stream()
            .filter(BY_ERROR_PRONE.or(rule -> rule.compilerSays().equals(Rules.OK)))
            .toList();
    assertEquals(verdicts(rules), compiled(rules));
    assertEquals(1, rules.stream().filter(BY_ERROR_PRONE).count());
  }

  @Test
  void pythonSaysWhatTheTableSays() throws Exception {
    List<String> lines = Rules.ALL.stream().map(Rule::python).toList();
    assertEquals(
        Rules.ALL.stream().map(Rule::pythonSays).toList(),
        PythonAsyncio.linesOf("rules.py", lines));
  }

  @Test
  void theSampleShowsBothLanguagesForEachRule() {
    List<String> lines = VirtualTime.untimedLinesOf(new Rules()::run);
    assertEquals(2 * Rules.ALL.size(), lines.size());
    assertEquals("n = await one() + 1                          # ok", lines.get(0));
    assertEquals("  Single<Integer> n = one.map(i -> i + 1);           // ok", lines.get(1));
  }

  private static List<String> verdicts(List<Rule> rules) {
    return rules.stream().map(Rule::compilerSays).toList();
  }

  /** What javac says of each rule, with the plugin that builds this project. */
  private List<String> compiled(List<Rule> rules) throws Exception {
    List<String> verdicts = new ArrayList<>(rules.stream().map(rule -> Rules.OK).toList());
    Process javac = new ProcessBuilder(command(write(rules))).redirectErrorStream(true).start();
    List<String> output;
    try (var out = javac.inputReader(UTF_8)) {
      output = out.lines().map(line -> line.replace(folder + File.separator, "")).toList();
    }
    for (String line : output) {
      Matcher error = ERROR.matcher(line);
      if (error.matches()) {
        verdicts.set(Integer.parseInt(error.group(1)) - 1, error.group(2));
      }
    }
    boolean allOk = verdicts.stream().allMatch(Rules.OK::equals);
    assertEquals(allOk ? 0 : 1, javac.waitFor(), () -> String.join("\n", output));
    return verdicts;
  }

  /** A class with a line for each rule. */
  private Path write(List<Rule> rules) throws Exception {
    List<String> methods = new ArrayList<>();
    for (Rule rule : rules) {
      methods.add(
          "static void rule%d() { %s %s }"
              .formatted(methods.size(), Rules.DECLARATIONS, rule.java()));
    }
    String imports =
        "import static java.util.stream.Collectors.*; import io.reactivex.rxjava3.core.*;"
            + " import java.util.*; class Table { ";
    return Files.writeString(
        folder.resolve("Table.java"), imports + String.join("\n", methods) + " }\n");
  }

  private List<String> command(Path source) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    Matcher option =
        OPTION_OF_THE_BUILD.matcher(Files.readString(Path.of("..", "..", ".mvn", "jvm.config")));
    while (option.find()) {
      command.add("-J" + option.group(1) + "=" + option.group(2));
    }
    String classPath = System.getProperty("java.class.path");
    Stream.of("-cp", classPath, "-processorpath", classPath).forEach(command::add);
    Stream.of("-Xplugin:ErrorProne", "-XDcompilePolicy=simple", "--should-stop=ifError=FLOW")
        .forEach(command::add);
    Stream.of("-XDaddTypeAnnotationsToSymbol=true", "-d", folder.toString(), source.toString())
        .forEach(command::add);
    return command;
  }
}
