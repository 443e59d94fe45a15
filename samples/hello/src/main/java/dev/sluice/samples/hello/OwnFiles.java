package dev.sluice.samples.hello;

import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Fetch;
import dev.sluice.fetch.Recipe;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.net.URI;
import java.nio.file.Path;
import okhttp3.ResponseBody;
import retrofit2.Response;
import retrofit2.http.GET;

/** Downloads documents of your own into files of a folder: a Retrofit interface and a recipe. */
public final class OwnFiles {
  interface Site {
    @GET("{code}/metadata.json")
    Maybe<Response<ResponseBody>> metadata(@retrofit2.http.Path("code") String code);
  }

  public static void main(String... args) {
    URI source = URI.create("https://www.fluentpython.com/data/flags");
    Policy policy = Policy.limit(20).withRetry(Retry.upTo(3));
    try (HttpClient client = HttpClient.at(source, policy, HttpOptions.standard())) {
      Recipe<String> recipe =
          Recipe.<String>of(client.api(Site.class)::metadata, code -> code + ".json")
              .withCheck(body -> body.length > 0 && body[0] == '{' ? "" : "not a JSON object");
      Fetch.of(recipe, client, Folder.at(Path.of("metadata")))
          .downloads()
          .runInOrder(Flowable.just("br", "zz", "vn", "us"))
          .blockingForEach(System.out::println);
    }
  }
}
