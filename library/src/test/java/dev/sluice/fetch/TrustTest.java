package dev.sluice.fetch;

import static dev.sluice.fetch.RangeServer.content;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.LimiterListener;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.Window;
import dev.sluice.fetch.Downloaded.Unchanged;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that needs no request needs no permit and no token of a rate. */
class TrustTest {
  @TempDir Path outside;
  private DownloadFixture fixture;

  @BeforeEach
  void setUp() {
    fixture = new DownloadFixture(outside.resolve("files"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void trustedFilesNeedNeitherPermitsNorTokens() throws IOException {
    List<Download> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      URI url = fixture.server.serve(i + ".bin", content(i, 10));
      fixture.download(url);
      all.add(Download.of(url));
    }
    TestScheduler still = new TestScheduler();
    Limiter limiter = Limiter.of(1, Lanes.limit(1).withRate(Rate.perSecond(1)), still);
    List<LimiterListener.Attempt> attempts = new ArrayList<>();
    var watch =
        limiter.watch(
            new LimiterListener() {
              @Override
              public void queued(Attempt attempt) {
                attempts.add(attempt);
              }
            });
    var permit = limiter.permit(Single.never()).test();
    List<Outcome<Download, Downloaded>> outcomes = run(limiter, all, Downloads::withTrust);
    assertEquals(20, outcomes.size());
    for (Outcome<Download, Downloaded> outcome : outcomes) {
      assertEquals(0, assertInstanceOf(Unchanged.class, outcome.orElseThrow()).status());
    }
    assertEquals(20, fixture.server.requests().size());
    permit.dispose();
    still.triggerActions();
    watch.dispose();
    still.triggerActions();
    assertEquals(List.of(), attempts.stream().filter(it -> it.key() != null).toList());
  }

  @Test
  void aNameThatIsTakenNeedsNoPermit() {
    URI url = fixture.server.serve("a/x.bin", content(1, 10));
    URI other = fixture.server.serve("b/x.bin", content(2, 10));
    TestScheduler still = new TestScheduler();
    Limiter limiter = Limiter.of(1, Lanes.limit(1).withRate(Rate.perSecond(1)), still);
    List<Outcome<Download, Downloaded>> outcomes =
        run(limiter, List.of(Download.of(url), Download.of(other)), downloads -> downloads);
    long failures = outcomes.stream().filter(it -> it instanceof Outcome.Failure).count();
    assertEquals(1, failures);
    assertEquals(1, fixture.server.requests().size());
  }

  @Test
  void aFileOfAMirrorIsTrustedToo() throws IOException {
    URI gone = fixture.server.raw().base().resolve("gone.bin");
    URI mirror = fixture.server.serve("x.bin", content(1, 10));
    Download download = Download.of(gone).withMirror(mirror).withFileName("x.bin");
    fixture.outcome(download, downloads -> downloads).orElseThrow();
    int before = fixture.server.requests().size();
    var outcome = fixture.outcome(download, Downloads::withTrust);
    Unchanged unchanged = assertInstanceOf(Unchanged.class, outcome.orElseThrow());
    assertEquals(mirror, unchanged.source());
    assertEquals(before, fixture.server.requests().size());
  }

  @Test
  void eachFileOfOneUrlIsTrusted() throws IOException {
    Download download = Download.of(fixture.server.serve("x.bin", content(1, 10)));
    List<Download> both = List.of(download.withFileName("a"), download.withFileName("b"));
    run(Limiter.of(1), both, downloads -> downloads);
    int before = fixture.server.requests().size();
    for (var outcome : run(Limiter.of(1), both, Downloads::withTrust)) {
      assertInstanceOf(Unchanged.class, outcome.orElseThrow());
    }
    assertEquals(before, fixture.server.requests().size());
  }

  @Test
  void aUrlMayGoBackToTheNameThatItHadBefore() throws IOException {
    for (String name : List.of("one.bin", "two.bin", "one.bin")) {
      byte[] content = content(name.hashCode(), 10);
      URI url = fixture.server.serve("latest", content);
      fixture.server.script(
          "latest",
          (exchange, file) -> {
            String named = "Content-Disposition: attachment; filename=" + name + "\r\nContent-L";
            exchange.send(
                RangeServer.ok(file).replace("ETag: ", "ETag: W/").replace("Content-L", named));
            exchange.send(file);
            return true;
          });
      Downloaded saved =
          fixture
              .outcome(Download.of(url), it -> it.withNaming(FileNaming.fromContentDisposition()))
              .orElseThrow();
      assertEquals(name, String.valueOf(saved.file().path().getFileName()));
      assertArrayEquals(content, fixture.content(name));
    }
  }

  @Test
  void anUnchangedFileKeepsItsNameFromOthers() throws IOException {
    URI one = named("one", content(1, 10));
    URI two = named("two", content(2, 10));
    List<Download> both = List.of(Download.of(one), Download.of(two));
    UnaryOperator<Downloads> named =
        downloads -> downloads.withNaming(FileNaming.fromContentDisposition());
    fixture.outcome(Download.of(one), named).orElseThrow();
    for (UnaryOperator<Downloads> each :
        List.of(named, (UnaryOperator<Downloads>) it -> named.apply(it).withTrust())) {
      var outcomes = run(Limiter.of(1), both, each);
      assertInstanceOf(Unchanged.class, outcomes.get(0).orElseThrow());
      assertInstanceOf(Outcome.Failure.class, outcomes.get(1));
      assertArrayEquals(content(1, 10), fixture.content("same.bin"));
    }
  }

  /** A file that the server names {@code same.bin}. */
  private URI named(String path, byte[] content) {
    URI url = fixture.server.serve(path, content);
    fixture.server.script(
        path,
        (exchange, file) -> {
          if (RangeServer.header(exchange, "If-None-Match") != null) {
            return false;
          }
          exchange.send(
              RangeServer.ok(file)
                  .replace("ETag: ", "Content-Disposition: inline; filename=same.bin\r\nETag: "));
          exchange.send(file);
          return true;
        });
    return url;
  }

  /** One download after another. */
  private List<Outcome<Download, Downloaded>> run(
      Limiter limiter, List<Download> all, UnaryOperator<Downloads> change) {
    Policy policy = Policy.of(limiter).withWindow(Window.of(1));
    try (HttpClient client =
        HttpClient.at(fixture.server.raw().base(), policy, HttpOptions.standard())) {
      return change
          .apply(Downloads.into(fixture.folder, client))
          .downloadAll(Flowable.fromIterable(all))
          .toList()
          .test()
          .awaitDone(10, SECONDS)
          .assertComplete()
          .values()
          .get(0);
    }
  }
}
