package dev.sluice.fetch;

import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.ok;
import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Limiter;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.Retry;
import dev.sluice.disk.Folder;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retrofit2.Response;
import retrofit2.http.GET;

/** A domain of your own: request, check and file name. */
class RecipeTest {
  private final Policy policy = Policy.limit(2).withRetry(Retry.upTo(2));

  @TempDir Path folder;

  @Test
  void aRecipeOfThreeLambdasDownloads() throws IOException {
    assertEquals(
        List.of(
            "a saved",
            "none not found",
            "bad GET http://SERVER/bad: no poem, after 1",
            "../up BadName, after 0",
            "b saved"),
        fetched("a", "none", "bad", "../up", "b"));
    assertEquals("poem a", Files.readString(folder.resolve("a.txt")));
    assertEquals("poem b", Files.readString(folder.resolve("b.txt")));
  }

  @Test
  void aKeyThatNamesNoFileNeedsNoPermit() {
    Limiter limiter = Limiter.of(1);
    var permit = limiter.permit(Single.never()).test();
    Recipe<String> never = Recipe.of(key -> Maybe.never(), key -> key);
    Fetch.of(never, Policy.of(limiter), Folder.at(folder))
        .downloads()
        .run("../up")
        .test()
        .assertValue(outcome -> outcome instanceof Outcome.Failure);
    permit.dispose();
  }

  private List<String> fetched(String... keys) {
    try (RawServer server =
            RawServer.answering(exchange -> exchange.send(answer(exchange.path())));
        HttpClient client = HttpClient.at(server.base(), policy, HttpOptions.standard())) {
      Recipe<String> poems =
          Recipe.<String>of(client.api(Poems.class)::poem, key -> key + ".txt")
              .withCheck(content -> content[0] == 'p' ? "" : "no poem");
      List<String> told =
          Fetch.of(poems, policy, Folder.at(folder))
              .downloads()
              .runInOrder(Flowable.fromArray(keys))
              .map(outcome -> told(outcome).replace(server.authority(), "SERVER"))
              .toList()
              .test()
              .awaitDone(10, SECONDS)
              .values()
              .get(0);
      assertTrue(server.paths().stream().noneMatch(path -> path.contains("up")), "not asked for");
      return told;
    }
  }

  private static byte[] answer(String path) {
    return switch (path) {
      case "/none" -> status("404 Not Found");
      case "/bad" -> ok("text/html", bytes("<html>"));
      default -> ok("text/plain", bytes("poem " + path.substring(1)));
    };
  }

  private static String told(Outcome<String, SavedFile> outcome) {
    return outcome.key()
        + outcome.fold(
            saved -> " saved",
            absent -> " not found",
            failure -> {
              String why =
                  failure.cause() instanceof UnsafeFileNameException
                      ? "BadName"
                      : failure.cause().getMessage();
              return " " + why + ", after " + failure.attempts();
            });
  }

  /** A server of poems. */
  interface Poems {
    @GET("{name}")
    Maybe<Response<ResponseBody>> poem(@retrofit2.http.Path("name") String name);
  }
}
