package dev.sluice.fetch;

import static dev.sluice.Answers.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Answers;
import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.RawServer;
import dev.sluice.Work;
import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import retrofit2.Response;
import retrofit2.http.GET;

/** The lane of a download is the host of its URL, where that is known. */
@Timeout(30)
class FetchLaneTest {
  /** After an attempt, the lane is remembered until its bucket is full again. */
  private final Limiter limiter =
      Limiter.of(1, Lanes.limit(1).withRate(Rate.of(1, Duration.ofHours(1))), new TestScheduler());

  private final Policy policy = Policy.of(limiter);

  @TempDir Path folder;

  interface Site {
    @GET("page")
    Maybe<Response<ResponseBody>> page();
  }

  private static <K> Maybe<Document> page(K key) {
    return Maybe.just(new Document(FileName.of("page"), bytes("page")));
  }

  private <K> Set<Object> lanesOf(Work<K, Document> work, K key) throws IOException {
    Fetch.of(work, policy, Folder.at(folder)).downloads().run(key).blockingGet().orElseThrow();
    return limiter.usage().lanes().keySet();
  }

  @Test
  void isThatOfItsClient() throws IOException {
    try (RawServer server = RawServer.saying(Answers.ok("text/plain", bytes("page")));
        HttpClient client = HttpClient.at(server.base(), policy, HttpOptions.standard())) {
      Site site = client.api(Site.class);
      Recipe<String> recipe = Recipe.of(key -> site.page(), key -> key);
      Fetch.of(recipe, client, Folder.at(folder))
          .downloads()
          .run("page")
          .blockingGet()
          .orElseThrow();
      assertEquals(Set.of(client.lane()), limiter.usage().lanes().keySet());
    }
  }

  @Test
  void isTheHostOfAKeyThatIsAUrl() throws IOException {
    assertEquals(
        Set.of("flags.example:443"),
        lanesOf(FetchLaneTest::page, URI.create("https://flags.example/br")));
  }

  @Test
  void isThatOfTheRecipeIfItNamesOne() throws IOException {
    Work<URI, Document> work = FetchLaneTest::page;
    assertEquals(
        Set.of("tenant"),
        lanesOf(work.withLane(key -> "tenant"), URI.create("https://flags.example/br")));
  }

  @Test
  void isNoneForOtherKeys() throws IOException {
    assertEquals(Set.of(), lanesOf(FetchLaneTest::page, URI.create("urn:isbn:1")));
    assertEquals(Set.of(), lanesOf(FetchLaneTest::page, "br"));
  }
}
