package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.TestEnvironment.ManualSubscriber;
import org.testng.SkipException;
import org.testng.annotations.Test;

/** The Reactive Streams TCK over one stream. */
public final class ReactiveStreamsTck extends PublisherVerification<Object> {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int SILENCE_MILLIS = 50;

  /** The TCK sleeps this long before it looks for an error; its default is the timeout. */
  private static final int POLL_MILLIS = 10;

  private static final int COLLECTIONS = 50;
  private static final int COLLECTION_MILLIS = 200;

  private final UnaryOperator<Flowable<Object>> stream;
  private final TestEnvironment environment;

  private ReactiveStreamsTck(UnaryOperator<Flowable<Object>> stream, TestEnvironment environment) {
    super(environment);
    this.stream = stream;
    this.environment = environment;
  }

  /**
   * Verifies streams side by side, because the TCK mostly waits.
   *
   * @param streams each makes the stream to verify of a stream of numbers
   * @return a test for each stream that reports what was found
   */
  public static List<DynamicTest> verify(Map<String, UnaryOperator<Flowable<Object>>> streams)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(streams.size());
    try {
      Map<String, Future<List<String>>> found = new TreeMap<>();
      streams.forEach((name, stream) -> found.put(name, threads.submit(() -> failures(stream))));
      List<DynamicTest> tests = new ArrayList<>();
      for (var each : found.entrySet()) {
        List<String> failures = each.getValue().get();
        tests.add(dynamicTest(each.getKey(), () -> assertEquals(List.of(), failures)));
      }
      return tests;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Runs all tests of the TCK one after the other. */
  private static List<String> failures(UnaryOperator<Flowable<Object>> stream) throws Exception {
    TestEnvironment environment = new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS, POLL_MILLIS);
    ReactiveStreamsTck tck = new ReactiveStreamsTck(stream, environment);
    List<String> failures = new ArrayList<>();
    int passed = 0;
    for (Method method : ReactiveStreamsTck.class.getMethods()) {
      if (method.isAnnotationPresent(Test.class)) {
        tck.setUp();
        try {
          method.invoke(tck);
          passed++;
        } catch (InvocationTargetException e) {
          if (!(e.getCause() instanceof SkipException)) {
            failures.add(method.getName() + ": " + e.getCause());
          }
        }
      }
    }
    if (passed <= 20) {
      failures.add("only " + passed + " tests passed");
    }
    return failures;
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

  /** The TCK gives one collection 100 ms, too little beside those of other streams. */
  @Override
  @Test
  public void
      required_spec313_cancelMustMakeThePublisherEventuallyDropAllReferencesToTheSubscriber()
          throws Throwable {
    Publisher<Object> publisher = createPublisher(3);
    ReferenceQueue<Object> collected = new ReferenceQueue<>();
    Reference<?> subscriber = cancelled(publisher, collected);
    try {
      boolean isCollected = false;
      for (int i = 0; i < COLLECTIONS && !isCollected; i++) {
        System.gc();
        isCollected = collected.remove(COLLECTION_MILLIS) == subscriber;
      }
      assertTrue(isCollected, "the publisher refers to a cancelled subscriber");
    } finally {
      Reference.reachabilityFence(publisher);
    }
    environment.verifyNoAsyncErrorsNoDelay();
  }

  private Reference<?> cancelled(Publisher<Object> publisher, ReferenceQueue<Object> collected)
      throws InterruptedException {
    ManualSubscriber<Object> subscriber = environment.newManualSubscriber(publisher);
    Object unused = subscriber.requestNextElement();
    subscriber.cancel();
    return new WeakReference<>(subscriber, collected);
  }
}
