package dev.sluice.samples.mojifinder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.reactivex.rxjava3.core.Flowable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** Runs the Reactive Streams test kit (TCK) against the names of a search result. */
public class SearchResultTckTest {
  @Test
  void namesPassTheTck() {
    TestListenerAdapter results = new TestListenerAdapter();
    TestNG kit = new TestNG(false);
    kit.setTestClasses(new Class<?>[] {Names.class});
    kit.addListener(results);
    kit.run();
    results.getFailedTests().forEach(test -> System.out.println(test + ": " + test.getThrowable()));
    assertEquals(0, results.getFailedTests().size());
    assertTrue(results.getPassedTests().size() > 20);
  }

  /** The kit instantiates this class. */
  public static final class Names extends PublisherVerification<CharName> {
    private static final Matches MATCHES = CharIndex.ofUnicode().search("letter");

    public Names() {
      // Five seconds, because garbage collection may be slow on a busy machine.
      super(new TestEnvironment(500, 50), 5_000);
    }

    @Override
    public Publisher<CharName> createPublisher(long elements) {
      return MATCHES.names().take(elements);
    }

    @Override
    public Publisher<CharName> createFailedPublisher() {
      return Flowable.error(new IllegalStateException("expected by the kit"));
    }

    @Override
    public long maxElementsFromPublisher() {
      return 10_000;
    }
  }
}
