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

/** What a search found keeps the rules of Reactive Streams: their own test kit says so. */
public class ReactiveStreamsTest {
  @Test
  void namesHonourDemand() {
    TestListenerAdapter results = new TestListenerAdapter();
    TestNG kit = new TestNG(false);
    kit.setTestClasses(new Class<?>[] {Names.class});
    kit.addListener(results);
    kit.run();
    results.getFailedTests().forEach(test -> System.out.println(test + ": " + test.getThrowable()));
    assertEquals(0, results.getFailedTests().size());
    assertTrue(results.getPassedTests().size() > 20);
  }

  /** Run by the kit. */
  public static final class Names extends PublisherVerification<CharName> {
    private static final Matches MATCHES = CharIndex.ofUnicode().search("letter");

    public Names() {
      // A busy machine may take its time to collect what nobody refers to any longer.
      super(new TestEnvironment(500, 50), 5_000);
    }

    @Override
    public Publisher<CharName> createPublisher(long elements) {
      return MATCHES.names().take(elements);
    }

    @Override
    public Publisher<CharName> createFailedPublisher() {
      return Flowable.error(new IllegalStateException("failed, as it was asked to"));
    }

    @Override
    public long maxElementsFromPublisher() {
      return 10_000;
    }
  }
}
