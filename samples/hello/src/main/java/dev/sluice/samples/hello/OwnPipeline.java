package dev.sluice.samples.hello;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.net.URI;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** Calls an HTTP API of your own: a Retrofit interface and a pipeline. */
public final class OwnPipeline {
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Metadata(String country) {}

  interface Site {
    @GET("{code}/metadata.json")
    Maybe<Metadata> metadata(@Path("code") String code);
  }

  public static void main(String... args) {
    URI source = URI.create("https://www.fluentpython.com/data/flags");
    Policy policy = Policy.limit(20).withRetry(Retry.upTo(3));
    try (HttpClient client = HttpClient.at(source, policy, HttpOptions.standard())) {
      Site site = client.api(Site.class);
      client
          .pipeline(site::metadata)
          .runInOrder(Flowable.just("br", "zz", "vn", "us"))
          .blockingForEach(System.out::println);
    }
  }
}
