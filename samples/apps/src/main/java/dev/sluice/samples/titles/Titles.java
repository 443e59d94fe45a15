package dev.sluice.samples.titles;

import static java.util.Objects.requireNonNull;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Success;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.io.IOException;
import java.net.URI;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import retrofit2.Invocation;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** Fetches the titles of numbered pages, such as {@code /185}: the first heading of each. */
final class Titles implements AutoCloseable {
  /** The title of a page without a heading. */
  static final String MISSING = "MISSING";

  private final HttpClient client;
  private final Pages pages;
  private final Pipeline<Integer, String> pipeline;
  private final Steps steps;

  Titles(URI base, Policy policy, HttpOptions options, Steps steps) {
    this.steps = steps;
    client =
        HttpClient.at(
            base, policy, options.withOkHttp(okHttp -> okHttp.addInterceptor(this::request)));
    pages = client.api(Pages.class);
    pipeline = client.pipeline(this::page).then(this::title);
  }

  /** The titles of pages by number. */
  Pipeline<Integer, String> pipeline() {
    return pipeline;
  }

  private Maybe<String> page(Integer number) {
    return pages.page(number).map(ResponseBody::string);
  }

  /** Called on the network thread of a request: to print a line may block. */
  private Response request(Interceptor.Chain chain) throws IOException {
    Invocation page = requireNonNull(chain.request().tag(Invocation.class));
    steps.gettingHtml((Integer) page.arguments().get(0));
    return chain.proceed(chain.request());
  }

  /** Parses the page on a computation thread, so that the network threads stay free for I/O. */
  private Single<Outcome<Integer, String>> title(Outcome<Integer, String> page) {
    return page instanceof Success<Integer, String>
        ? Single.fromCallable(() -> page.map(html -> read(page.key(), html)))
            .subscribeOn(Schedulers.computation())
        : Single.just(page);
  }

  private String read(int number, String html) {
    steps.gettingTitle(number);
    Element heading = Jsoup.parse(html).selectFirst("h1");
    String title = heading == null ? "" : heading.text().strip();
    return title.isEmpty() ? MISSING : title;
  }

  @Override
  public void close() {
    client.close();
  }

  /** Listens to the steps of each page. Called on the thread that makes the step. */
  interface Steps {
    void gettingHtml(int number);

    void gettingTitle(int number);
  }

  /** A site with numbered pages. */
  interface Pages {
    @GET("{number}")
    Maybe<ResponseBody> page(@Path("number") int number);
  }
}
