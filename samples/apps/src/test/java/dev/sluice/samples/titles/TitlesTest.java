package dev.sluice.samples.titles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.http.HttpOptions;
import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.Request;
import dev.sluice.samples.servers.http.Response;
import dev.sluice.samples.servers.http.Status;
import dev.sluice.samples.testing.Run;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first heading of each page, and the threads that fetch and parse. */
class TitlesTest {
  private static final Map<Integer, String> PAGES =
      Map.of(
          1, "<h1> One \n <b>bold</b> &amp; \u001b[2Jthe rest</h1><h1>Two</h1>",
          2, "<h2>no first heading</h2>",
          3, "<h1>  </h1>",
          4, "not even <HTML");

  @Test
  void findsTitlesAndReportsMissingOnes() throws IOException {
    try (HttpServer site = site()) {
      Run run = Run.of("titles", "--base", site.uri().toString(), "--from", "1", "--to", "6");
      assertEquals(1, run.status());
      assertEquals(
          List.of(
              "Page 1: title found: One bold & <U+001B>[2Jthe rest",
              "Page 2: MISSING",
              "Page 3: MISSING",
              "Page 4: MISSING",
              "Page 5: not found",
              "Page 6: error: GET " + site.uri() + "/6: 418 I'm a teapot"),
          run.sortedLines().stream().filter(line -> line.startsWith("Page ")).toList());
      assertTrue(run.out().contains("4 pages read.\n1 not found.\n1 error.\n"), run.out());
    }
  }

  @Test
  void printsThreeColouredLinesForEachPage() {
    Run run = Run.of("titles", "--embedded", "--from", "185", "--to", "185", "--color=always");
    assertEquals(
        List.of(
            "\u001b[33mGetting HTML for page 185\u001b[0m",
            "\u001b[36mGetting TITLE for page 185\u001b[0m",
            "\u001b[32mPage 185: title found: Episode #185: Schedulers in production\u001b[0m"),
        run.out().lines().skip(1).limit(3).toList());
  }

  @Test
  void fetchesFifteenPagesByDefaultWithoutColoursInAPipe() {
    Run run = Run.of("titles", "--embedded");
    assertEquals(0, run.status());
    assertTrue(run.out().contains("15 pages read."), run.out());
    assertTrue(run.out().contains("Page 190: MISSING"), run.out());
    assertTrue(!run.out().contains("\u001b"), run.out());
    assertTrue(run.err().contains("15 of 15, "), run.err());
  }

  @Test
  void fetchesOnNetworkThreadsAndParsesOnComputationThreads() throws IOException {
    Queue<String> threads = new ConcurrentLinkedQueue<>();
    Titles.Steps steps =
        new Titles.Steps() {
          @Override
          public void gettingHtml(int number) {
            threads.add("html " + Thread.currentThread().getName().replaceAll("\\d+", "N"));
          }

          @Override
          public void gettingTitle(int number) {
            threads.add("title " + Thread.currentThread().getName().replaceAll("\\d+", "N"));
          }
        };
    try (HttpServer site = EmbeddedPages.start(HttpServerSettings.onLoopback());
        Titles titles = new Titles(site.uri(), Policy.limit(4), HttpOptions.standard(), steps)) {
      List<Outcome<Integer, String>> found =
          titles.pipeline().runAll(Flowable.range(1, 20)).toList().blockingGet();
      assertEquals(20, found.size());
    }
    assertEquals(
        Map.of("html sluice-network-N", 20L, "title RxComputationThreadPool-N", 20L),
        threads.stream().collect(Collectors.groupingBy(it -> it, Collectors.counting())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--from x          | 'x': allowed are 0 to 1000000",
        "--from -1         | '-1': allowed are 0 to 1000000",
        "--from 7 --to 6   | --to 6: allowed are 7 and more",
        "--from 200        | --from 200: allowed are 0 to 199, or more with --to",
        "--color pink      | 'pink': allowed are auto, always and never",
        "--base talkpython | 'talkpython' is not a site",
      })
  void refusesWrongArguments(String arguments, String message) {
    Run run = Run.of(("titles " + arguments).split(" "));
    assertEquals(2, run.status());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals("", run.out());
  }

  private static HttpServer site() throws IOException {
    return HttpServer.start("pages", HttpServerSettings.onLoopback(), TitlesTest::answer);
  }

  private static Response answer(Request request) {
    int number = Integer.parseInt(request.path().substring(1));
    if (number == 6) {
      return Response.of(Status.TEAPOT);
    }
    String page = PAGES.get(number);
    return page == null
        ? Response.of(Status.NOT_FOUND)
        : Response.of(Status.OK)
            .with("Content-Type", "text/html; charset=utf-8")
            .with(ByteBuffer.wrap(page.getBytes(UTF_8)));
  }
}
