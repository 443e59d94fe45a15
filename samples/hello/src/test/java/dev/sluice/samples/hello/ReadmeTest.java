package dev.sluice.samples.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.samples.servers.dns.BlogNames;
import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.flags.FlagServer;
import dev.sluice.samples.servers.genres.GenreServer;
import dev.sluice.samples.servers.http.HttpServer;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows works as it stands there, against a server on loopback. */
class ReadmeTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");
  private static final String IMPORTS =
      Stream.of(
              "dev.sluice",
              "dev.sluice.disk",
              "dev.sluice.dns",
              "dev.sluice.fetch",
              "dev.sluice.flags",
              "dev.sluice.genres",
              "dev.sluice.http",
              "dev.sluice.rdap",
              "io.reactivex.rxjava3.core",
              "java.net",
              "java.nio.file",
              "java.util",
              "okhttp3")
          .map("import %s.*;\n"::formatted)
          .reduce("", String::concat);

  @TempDir Path work;

  @TestFactory
  Stream<DynamicTest> everySnippetCompilesAndRuns() throws IOException {
    List<String> snippets =
        SNIPPET.matcher(readme()).results().map(match -> match.group(1)).toList();
    assertTrue(snippets.size() >= 4, "the README has its snippets");
    return IntStream.range(0, snippets.size())
        .mapToObj(
            i -> dynamicTest("snippet " + (i + 1), () -> run("Snippet" + i, snippets.get(i))));
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> dead =
        LINK.matcher(readme())
            .results()
            .map(match -> match.group(1))
            .filter(link -> !Files.exists(ROOT.resolve(link)))
            .toList();
    assertEquals(List.of(), dead);
  }

  @Test
  void theFirstSnippetIsShort() throws IOException {
    String first = SNIPPET.matcher(readme()).results().findFirst().orElseThrow().group(1);
    assertTrue(first.lines().count() <= 8, first);
  }

  @Test
  void aPipelineOfOnesOwnTakesLessThanTwentyLines() throws IOException {
    String own =
        SNIPPET
            .matcher(readme())
            .results()
            .map(match -> match.group(1))
            .filter(snippet -> snippet.contains("Recipe"))
            .findFirst()
            .orElseThrow();
    assertTrue(own.lines().count() < 20, own);
  }

  private void run(String name, String snippet) throws Exception {
    try (FlagServer server = FlagServer.start(HttpServer.Settings.onLoopback());
        HttpServer genres = GenreServer.start(HttpServer.Settings.onLoopback());
        DnsServer names = DnsServer.start(DnsServer.Settings.onLoopback(BlogNames.zones()))) {
      Path source = work.resolve(name + ".java");
      Files.writeString(source, program(name, local(snippet, server, genres, names)));
      StringWriter complaints = new StringWriter();
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  null,
                  null,
                  List.of("-d", work.toString(), "-cp", System.getProperty("java.class.path")),
                  null,
                  compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
              .call();
      assertTrue(compiled, complaints::toString);
      try (URLClassLoader loader = new URLClassLoader(new URL[] {work.toUri().toURL()})) {
        loader.loadClass(name).getMethod("run").invoke(null);
      }
    }
    if (snippet.contains("Folder")) {
      assertTrue(filesUnder(work) > 2, "the snippet has saved something");
    }
  }

  /** The same text, but for the servers it asks and the folder it fills. */
  private String local(String snippet, FlagServer server, HttpServer genres, DnsServer names) {
    return snippet
        .replace("https://www.fluentpython.com/data/flags", server.uri().toString())
        .replace("https://binaryjazz.us", genres.uri().toString())
        .replace("127.0.0.1:5353", names.hostAndPort())
        .replace("Path.of(\"", "Path.of(\"" + work + "/");
  }

  private static String program(String name, String statements) {
    return IMPORTS
        + """
        import dev.sluice.Window;
        import java.nio.file.Path;
        import static java.time.Duration.*;
        import static java.util.concurrent.TimeUnit.SECONDS;
        import retrofit2.Response;
        import retrofit2.http.GET;

        public class %s {
          public static void run() throws Exception {
            %s
          }
        }
        """
            .formatted(name, statements);
  }

  private static long filesUnder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }
}
