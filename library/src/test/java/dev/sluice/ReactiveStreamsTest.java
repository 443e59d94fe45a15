package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import dev.sluice.dns.Answer;
import dev.sluice.dns.Domains;
import dev.sluice.fetch.Document;
import dev.sluice.fetch.Fetch;
import dev.sluice.rdap.Rdap;
import dev.sluice.rdap.RdapOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;
import org.testng.annotations.Factory;

/** Runs the Reactive Streams TCK over every public Flowable. */
public class ReactiveStreamsTest {
  private static final Policy POLICY = Policy.limit(4);

  @Test
  void windowAsCompleted() {
    verify(keys -> Window.of(4).asCompleted(keys, Single::just));
  }

  @Test
  void windowInOrder() {
    verify(keys -> Window.of(4).inOrder(keys, Single::just));
  }

  @Test
  void pipelineRunAll() {
    Pipeline<Object, Object> pipeline = Pipeline.of(POLICY, ReactiveStreamsTest::hop);
    verify(keys -> pipeline.runAll(keys).cast(Object.class));
  }

  @Test
  void pipelineRunInOrder() {
    Pipeline<Object, Object> pipeline = Pipeline.of(POLICY, ReactiveStreamsTest::hop);
    verify(keys -> pipeline.runInOrder(keys).cast(Object.class));
  }

  @Test
  void windowOnDemand() {
    verify(keys -> Window.of(4).onDemand(keys, Single::just));
  }

  @Test
  void pipelineRunOnDemand() {
    Pipeline<Object, Object> pipeline = Pipeline.of(POLICY, ReactiveStreamsTest::hop);
    verify(keys -> pipeline.runOnDemand(keys).cast(Object.class));
  }

  @Test
  void resourceUse() {
    Resource<Object> resource = Resource.of(Object::new, opened -> {});
    verify(keys -> resource.use(opened -> keys));
  }

  @Test
  void fetchOnDemand(@TempDir Path path) {
    verify(keys -> fetch(path).downloads().runOnDemand(keys).cast(Object.class));
  }

  @Test
  void fetchAll(@TempDir Path path) {
    verify(keys -> fetch(path).downloadAll(keys).cast(Object.class));
  }

  @Test
  void fetchInOrder(@TempDir Path path) {
    verify(keys -> fetch(path).downloads().runInOrder(keys).cast(Object.class));
  }

  @Test
  void domainsProbeAll() {
    Domains domains = Domains.of(name -> hop(Answer.of(List.of())), POLICY);
    verify(keys -> domains.probeAll(keys.map(key -> key + ".test")).cast(Object.class));
  }

  @Test
  void domainsProbeInOrder() {
    Domains domains = Domains.of(name -> hop(Answer.of(List.of())), POLICY);
    verify(
        keys ->
            domains.probesOfText().runInOrder(keys.map(key -> key + ".test")).cast(Object.class));
  }

  @Test
  void rdapProbeAll(@TempDir Path path) throws IOException {
    try (Rdap rdap = rdap(path)) {
      verify(keys -> rdap.probeAll(keys.map(key -> key + ".test")).cast(Object.class));
    }
  }

  @Test
  void rdapProbeInOrder(@TempDir Path path) throws IOException {
    try (Rdap rdap = rdap(path)) {
      verify(
          keys ->
              rdap.lookupsOfText().runInOrder(keys.map(key -> key + ".test")).cast(Object.class));
    }
  }

  /** Its list lacks the top-level domain of the keys, so no server is asked. */
  private static Rdap rdap(Path folder) throws IOException {
    String list = "{\"services\":[[[\"example\"],[\"http://127.0.0.1:9/\"]]]}";
    Path file = Files.writeString(folder.resolve("dns.json"), list);
    return Rdap.at(file.toUri(), RdapOptions.of(POLICY));
  }

  private static Fetch<Object> fetch(Path path) {
    FileName name = FileName.of("file");
    return Fetch.of(key -> Maybe.just(new Document(name, new byte[1])), POLICY, Folder.at(path));
  }

  private static <T> Maybe<T> hop(T value) {
    return Maybe.just(value).subscribeOn(POLICY.schedulers().network());
  }

  /** Runs the TCK over the stream that this function makes of a stream of numbers. */
  public static void verify(UnaryOperator<Flowable<Object>> stream) {
    TestNG testNg = new TestNG(false);
    TestListenerAdapter results = new TestListenerAdapter();
    testNg.addListener(results);
    testNg.setVerbose(0);
    Verifications.stream = stream;
    testNg.setTestClasses(new Class<?>[] {Verifications.class});
    testNg.run();
    assertEquals(
        List.of(), results.getFailedTests().stream().map(ReactiveStreamsTest::told).toList());
    assertTrue(results.getPassedTests().size() > 20, "the kit ran");
  }

  private static String told(org.testng.ITestResult result) {
    return result.getName() + ": " + result.getThrowable();
  }

  /** TestNG creates the objects that it runs, so the stream to verify is kept in a static field. */
  public static final class Verifications {
    static UnaryOperator<Flowable<Object>> stream = keys -> keys;

    /**
     * Called by TestNG.
     *
     * @return what to run
     */
    @Factory
    public Object[] verifications() {
      return new Object[] {new Verification(stream)};
    }
  }

  /** The TCK over one stream. */
  public static final class Verification extends PublisherVerification<Object> {
    private final UnaryOperator<Flowable<Object>> stream;

    Verification(UnaryOperator<Flowable<Object>> stream) {
      // The timeout for expected signals, and the wait that shows that none comes.
      super(new TestEnvironment(1_000, 50));
      this.stream = stream;
    }

    @Override
    public Publisher<Object> createPublisher(long elements) {
      return stream.apply(Flowable.rangeLong(0, elements).cast(Object.class));
    }

    @Override
    public Publisher<Object> createFailedPublisher() {
      return stream.apply(Flowable.error(new IOException("the source fails")));
    }

    @Override
    public long maxElementsFromPublisher() {
      return 10_000;
    }
  }
}
