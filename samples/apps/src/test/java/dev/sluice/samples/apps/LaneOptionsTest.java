package dev.sluice.samples.apps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.flags.FlagServer;
import dev.sluice.samples.servers.http.DelayRange;
import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.Request;
import dev.sluice.samples.servers.http.Response;
import dev.sluice.samples.servers.http.Status;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options {@code --rate}, {@code --deadline}, {@code --report} and their kin. */
@Timeout(60)
class LaneOptionsTest {
  private static final HttpServerSettings NEVER =
      HttpServerSettings.onLoopback().withDelay(DelayRange.parse("1h"));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"flags BR CN IN US", "titles --from 1 --to 4", "genres -n 4"})
  void aRateSpreadsTheRequestsOfAHost(String command) throws IOException {
    try (HttpServer site = site(HttpServerSettings.onLoopback())) {
      long start = System.nanoTime();
      run(command, at(command, site.uri()), "--rate=1/100ms");
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(took.compareTo(Duration.ofMillis(300)) >= 0, took::toString);
    }
  }

  @Test
  void eachHostHasARateOfItsOwn() throws IOException {
    try (HttpServer a = site(HttpServerSettings.onLoopback());
        HttpServer b = site(HttpServerSettings.onLoopback())) {
      // The second request of a host would start after the test has failed.
      Run run = Run.of("sitecheck", "--rate=1/h", a.uri() + "/", b.uri() + "/");
      assertTrue(run.out().contains("2 sites checked."), run::out);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--per-host=3", "--per-host=3 --adaptive"})
  void noMoreRequestsThanAllowedAreAtOneHost(String options) throws IOException {
    try (FlagServer server =
        FlagServer.start(HttpServerSettings.onLoopback().withDelay(DelayRange.parse("50ms")))) {
      run("flags A -m 20 " + options, "-s", server.uri().toString());
      Matcher most = Pattern.compile("\"most_in_flight\":(\\d+)").matcher(statistics(server.uri()));
      assertTrue(most.find());
      int atOnce = Integer.parseInt(most.group(1));
      assertTrue(atOnce == 2 || atOnce == 3, () -> atOnce + " at once");
    }
  }

  @Test
  void aHostThatRefusesIsLeftAloneForAsLongAsItAsks() throws IOException {
    List<Long> times = new CopyOnWriteArrayList<>();
    try (HttpServer site =
        HttpServer.start(
            "site",
            HttpServerSettings.onLoopback(),
            request -> {
              times.add(System.nanoTime());
              return times.size() == 1
                  ? Response.text(Status.TOO_MANY_REQUESTS, "wait").with("Retry-After", "1")
                  : answer(request);
            })) {
      Run run =
          run("titles --from=1 --to=4 --per-host=1 --tries=2 --report", "--base=" + site.uri());
      assertEquals(0, run.status(), run::out);
      assertEquals(5, times.size());
      assertTrue(times.get(1) - times.get(0) >= Duration.ofSeconds(1).toNanos());
      assertTrue(run.err().contains("  1 time, "), run::err);
    }
  }

  @Test
  void aRateByDnsIsForAllNames() {
    long start = System.nanoTime();
    Run run = Run.of("probe", "--embedded", "--rate=1/100ms", "a.dev", "b.dev", "c.dev", "d.dev");
    assertEquals(0, run.status(), run::err);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.compareTo(Duration.ofMillis(300)) >= 0, took::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flags BR CN -v", "titles --from 1 --to 2", "genres -n 2 -v"})
  void whatIsNotDoneAtTheDeadlineIsCounted(String command) throws IOException {
    try (HttpServer site = site(NEVER)) {
      Run run = run(command, at(command, site.uri()), "--timeout=1h", "--deadline=100ms");
      assertEquals(1, run.status(), run::err);
      assertTrue(run.out().contains("\n2 not done before the deadline.\nElapsed"), run::out);
      assertTrue(
          run.out().contains("error: no answer before the end of the run after 100ms"), run::out);
      assertFalse(run.out().contains(" error.") || run.out().contains(" errors."), run::out);
    }
  }

  @Test
  void sitesAreCountedAtTheDeadline() throws IOException {
    try (HttpServer never = site(NEVER)) {
      Run run = Run.of("sitecheck", "--deadline=100ms", never.uri() + "/", never.uri() + "/2");
      assertEquals(1, run.status(), run::err);
      assertTrue(
          run.out().contains("0 sites checked.\n2 not done before the deadline.\n"), run::out);
    }
  }

  @Test
  void keysThatNeverStartedAreCountedAtTheDeadline() throws IOException {
    try (FlagServer never = FlagServer.start(NEVER)) {
      Run run = run("flags --every -m 2", "-s", never.uri().toString(), "--deadline", "100ms");
      assertTrue(
          run.out().contains("0 flags downloaded.\n676 not done before the deadline.\n"), run::out);
    }
  }

  @Test
  void namesAreUnknownAfterTheDeadline() {
    Run run =
        Run.of("probe", "--embedded", "--rate=1/h", "--deadline=200ms", "await.dev", "for.dev");
    assertEquals(1, run.status(), run::err);
    assertTrue(
        run.out().contains("? for.dev: no answer before the end of the run after 200ms"), run::out);
    assertTrue(run.err().startsWith("2 done: "), run::err);
  }

  @Test
  void reportsATableOfOneHost() throws IOException {
    try (FlagServer server = FlagServer.start(HttpServerSettings.onLoopback())) {
      Run run = run("flags BR CN ZZ --report", "-s", server.uri().toString());
      List<String> table = run.err().lines().toList();
      assertTrue(table.get(2).startsWith("2 success, 1 not-found, "), run::err);
      assertTrue(run.err().contains(" % of the time went into "), run::err);
      assertEquals(
          List.of("lane", "done", "not", "found", "failed", "in", "flight", "waiting", "parked"),
          words(table.get(0)));
      assertEquals(
          List.of("127.0.0.1:" + server.uri().getPort(), "2", "1", "0"),
          words(table.get(1)).subList(0, 4));
      assertFalse(run.err().contains("\u001b"), run::err);
    }
  }

  @Test
  void reportsARowForEachHostAndForAll() throws IOException {
    try (HttpServer a = site(HttpServerSettings.onLoopback());
        HttpServer b = site(HttpServerSettings.onLoopback())) {
      Run run = Run.of("sitecheck", "--report", a.uri() + "/1", a.uri() + "/2", b.uri() + "/");
      List<String> table = run.err().lines().dropWhile(line -> !line.startsWith("lane ")).toList();
      assertEquals(List.of(lane(a), "2", "0", "0"), words(table.get(1)).subList(0, 4));
      assertEquals(List.of(lane(b), "1", "0", "0"), words(table.get(2)).subList(0, 4));
      assertEquals(List.of("all", "3", "0", "0"), words(table.get(3)).subList(0, 4));
    }
  }

  @Test
  void reportsNamesByDnsTogether() {
    Run run = Run.of("probe", "--embedded", "--report", "is.dev", "no-such-name.dev", "a b");
    List<String> lines = run.err().lines().toList();
    assertTrue(lines.get(0).startsWith("3 done: "), run::err);
    assertEquals(List.of("all", "1", "1", "1"), words(lines.get(2)).subList(0, 4));
    assertTrue(lines.get(3).startsWith("1 success, 1 not-found, 1 failure, "), run::err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "flags --per-host 6 | --per-host 6: allowed are 1 to 5, the limit of all requests (see",
        "genres -m2 --per-host 3 | --per-host 3: allowed are 1 to 2, the limit of all requests",
        "titles --per-host 6 | --per-host 6: allowed are 1 to 5, the limit of all requests",
        "sitecheck a --per-host 11 | --per-host 11: allowed are 1 to 10, the limit of all requests",
        "probe --rdap --per-host 5 a.dev | --per-host 5: allowed are 1 to 4, the limit of all requests",
        "probe --per-host 5 a.dev | --per-host and --adaptive: allowed with --rdap",
        "probe --adaptive a.dev | --per-host and --adaptive: allowed with --rdap",
        "flags --per-host 0 | '0': allowed are 1 and more",
        "flags --rate 10 | rate: \"10\", must be like 10/s, 600/min or 1/250ms",
        "flags --rate 0/s | permits: 0, must be at least 1",
        "flags --deadline 0 | '0' is not a timeout",
        "flags --deadline soon | 'soon' is not a duration",
        "flags --engine threads --deadline 1s | --deadline and --engine threads: allowed is one",
        "genres --sequential --deadline 1s | --deadline and --sequential: allowed is one of them"
      })
  void refusesWhatCannotBeMeant(String arguments, String why) {
    Run run = Run.of(arguments.split(" "));
    assertEquals(2, run.status(), run::err);
    assertTrue(run.err().contains(why), run::err);
    assertEquals(1, run.err().lines().count(), run::err);
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"flags", "genres", "titles", "sitecheck", "probe"})
  void theHelpHasEachOptionWithItsDefault(String command) {
    String help = Run.of(command, "--help").out().replaceAll("\\s+", " ");
    for (String option :
        List.of("--per-host=N", "--rate=N/TIME", "--adaptive", "--deadline=TIME", "--report")) {
      String text = help.substring(help.indexOf(" " + option + " ") + 1);
      assertTrue(text.contains("Default: "), option + ": " + text);
    }
  }

  private Run run(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of(more));
    if (!command.startsWith("titles")) {
      arguments.addAll(List.of("-o", folder.toString()));
    }
    return Run.of(arguments.toArray(String[]::new));
  }

  /** The option of a command that names its site. */
  private static String at(String command, URI site) {
    return (command.startsWith("flags") ? "--server=" : "--base=") + site;
  }

  private static String lane(HttpServer server) {
    return "127.0.0.1:" + server.uri().getPort();
  }

  private static List<String> words(String line) {
    return Stream.of(line.strip().split("\\s+")).toList();
  }

  private static String statistics(URI server) throws IOException {
    try (InputStream in = server.resolve("/stats").toURL().openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static HttpServer site(HttpServerSettings settings) throws IOException {
    return HttpServer.start("site", settings, LaneOptionsTest::answer);
  }

  private static Response answer(Request request) {
    return Response.text(Status.OK, "no flag, no genre, no title");
  }
}
