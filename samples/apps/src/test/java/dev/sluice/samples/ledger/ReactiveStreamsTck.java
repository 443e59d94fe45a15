package dev.sluice.samples.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.reactivex.rxjava3.core.Flowable;
import java.util.List;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** Runs the Reactive Streams TCK against a stream of numbers. */
public final class ReactiveStreamsTck extends PublisherVerification<Object> {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int SILENCE_MILLIS = 50;

  /** The TCK sleeps this long before it looks for an error; its default is the timeout. */
  private static final int POLL_MILLIS = 10;

  private static final int MOST = 1_000;

  private static UnaryOperator<Flowable<Object>> stream = numbers -> numbers;

  public ReactiveStreamsTck() {
    super(new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS, POLL_MILLIS), SILENCE_MILLIS);
  }

  static void verify(UnaryOperator<Flowable<Object>> stream) {
    ReactiveStreamsTck.stream = stream;
    TestListenerAdapter results = new TestListenerAdapter();
    TestNG testNg = new TestNG(false);
    testNg.addListener(results);
    testNg.setVerbose(0);
    testNg.setTestClasses(new Class<?>[] {ReactiveStreamsTck.class});
    testNg.run();
    assertEquals(
        List.of(), results.getFailedTests().stream().map(ReactiveStreamsTck::told).toList());
    assertTrue(results.getPassedTests().size() > 20, "the kit ran");
  }

  private static String told(ITestResult result) {
    return result.getName() + ": " + result.getThrowable();
  }

  @Override
  public Publisher<Object> createPublisher(long elements) {
    return stream.apply(Flowable.rangeLong(0, elements).cast(Object.class));
  }

  @Override
  public Publisher<Object> createFailedPublisher() {
    return stream.apply(Flowable.error(new IllegalStateException("failed")));
  }

  @Override
  public long maxElementsFromPublisher() {
    return MOST;
  }
}
