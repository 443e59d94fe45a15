package dev.sluice.samples.hello;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.dns.BlogNames;
import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import dev.sluice.samples.servers.flags.FlagServer;
import dev.sluice.samples.servers.genres.GenreServer;
import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.registries.RegistryServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recipe is short and runs, against servers on the loopback interface. */
@Timeout(60)
class HelloProgramsTest {
  /** A text that each printed line contains, with the number of such lines. */
  private static final Map<String, Map<String, Integer>> PRINTED =
      Map.ofEntries(
          entry("DownloadFlags", Map.of("Success[", 20)),
          entry("CountOutcomes", Map.of(" of ", 21)),
          entry("ResumeRun", Map.of("Success[", 20, " % of the time went into ", 1)),
          entry("FlagsInMemory", Map.of("BR ", 1, "VN ", 1, "US ", 1)),
          entry("ShareLimit", Map.of("Success[", 4)),
          entry("LimitPerHost", Map.of(" of 64 in flight", 20)),
          entry("ShareRate", Map.of("done: ", 20)),
          entry("ProbeNames", Map.of("Success[", 1, "NotFound[", 2, "Failure[", 1)),
          entry(
              "ExamineNames",
              Map.of(
                  "verdict=REGISTERED,", 1,
                  "verdict=REDEMPTION,", 1,
                  "verdict=LIKELY_FREE,", 1,
                  "co.uk: a public suffix", 1)),
          entry("ScreenNames", Map.of("async.dev", 1)),
          entry("FetchOnDemand", Map.of("Success[", 3)),
          entry("OwnPipeline", Map.of("country=", 3, "NotFound[key=zz]", 1)),
          entry("DownloadUrls", Map.of("Success[", 2, "NotFound[", 1)),
          entry("OwnFiles", Map.of("Success[", 3, "NotFound[key=zz]", 1)),
          entry("OpenAndClose", Map.of("Success[", 20)),
          entry("BlockingCalls", Map.of("Success[key=pom.xml", 1, "Failure[key=no-such-file", 1)),
          entry("ComposeStreams", Map.of("value=2]", 6)),
          entry("FakeResolver", Map.of()));

  @TempDir Path work;

  @ParameterizedTest
  @MethodSource("recipes")
  void isUnderFortyLines(RecipeFile recipe) {
    assertTrue(recipe.text().lines().count() < 40, recipe.text());
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void printsOneLineForEachOutcome(RecipeFile recipe) throws Exception {
    Map<String, Integer> expected = requireNonNull(PRINTED.get(recipe.name()), "expected lines");
    try (FlagServer flags = FlagServer.start(HttpServerSettings.onLoopback());
        HttpServer genres = GenreServer.start(HttpServerSettings.onLoopback());
        DnsServer names = DnsServer.start(DnsServerSettings.onLoopback(BlogNames.zones()));
        RegistryServer registries = RegistryServer.start(0, 0)) {
      String program =
          recipe
              .text()
              .replace("https://www.fluentpython.com/data/flags", flags.uri().toString())
              .replace("https://binaryjazz.us", genres.uri().toString())
              .replace("127.0.0.1:5300", names.hostAndPort())
              .replace("5301", String.valueOf(registries.dnsPort()))
              .replace("http://127.0.0.1:8005/dns.json", registries.list().toString())
              .replace("Path.of(\"", "Path.of(\"" + work + "/");
      List<String> lines = linesOf(recipe.name(), program);
      expected.forEach(
          (text, count) ->
              assertEquals(
                  (long) count,
                  lines.stream().filter(line -> line.contains(text)).count(),
                  () -> String.join("\n", lines)));
      assertEquals(
          expected.values().stream().mapToInt(Integer::intValue).sum(),
          lines.size(),
          () -> String.join("\n", lines));
    }
  }

  static Stream<RecipeFile> recipes() throws IOException {
    return RecipeFile.all().stream();
  }

  private List<String> linesOf(String name, String program) throws Exception {
    compile(name, program);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream standardOutput = System.out;
    // In a package of its own: the parent class loader has the unchanged recipe.
    URL[] classes = {work.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader());
        PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(capture);
      loader
          .loadClass("changed." + name)
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(standardOutput);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void compile(String name, String program) throws IOException {
    Path source = Files.createDirectories(work.resolve("changed")).resolve(name + ".java");
    Files.writeString(
        source, program.replace("package dev.sluice.samples.hello;", "package changed;"));
    StringWriter messages = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of("-proc:none", "-d", work.toString(), "-cp", System.getProperty("java.class.path"));
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                options,
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
            .call();
    assertTrue(compiled, messages::toString);
  }
}
