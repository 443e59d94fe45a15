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
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int SILENCE_MILLIS = 50;

  /** The kit sleeps this long before it looks for an error; its default is the timeout. */
  private static final int POLL_MILLIS = 10;

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
      super(new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS, POLL_MILLIS), SILENCE_MILLIS);
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
