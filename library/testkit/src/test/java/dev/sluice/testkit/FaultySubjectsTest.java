package dev.sluice.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.sluice.Work;
import dev.sluice.dns.Answer;
import dev.sluice.dns.DomainName;
import dev.sluice.dns.Resolver;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Each contract finds the faults of subjects that do not keep it. */
@Timeout(120)
class FaultySubjectsTest {
  private static final Set<String> WRONG_ANSWERS =
      Set.of(
          "aWholeBodyIsASuccess",
          "eachAnswerIsThatOfItsOwnRequest",
          "whatIsNoWholeAnswerIsAFailure");

  @Test
  void plainOkHttpTakesAnswersForThoseOfOtherRequests() {
    assertEquals(WRONG_ANSWERS, failed(PlainOkHttp.class));
  }

  @Test
  void anOkHttpThatRepeatsRequestsAndKeepsConnectionsIsFound() {
    Set<String> expected = new TreeSet<>(WRONG_ANSWERS);
    expected.add("eachAttemptIsOneRequestOnTheWire");
    expected.add("noConnectionIsLeft");
    assertEquals(expected, failed(DefaultOkHttp.class));
  }

  @Test
  void aTransportThatFailsCallsBesideAnotherIsFound() {
    assertEquals(Set.of("callsBesideEachOtherSucceed"), failed(Busy.class));
  }

  @Test
  void aTransportThatTakesTheFirstBytesForTheWholeIsFound() {
    assertEquals(
        Set.of("aLongBodyIsWhole", "whatIsNoWholeAnswerIsAFailure"), failed(FirstBytes.class));
  }

  @Test
  void aTransportThatForgetsItsCallsWhenItClosesIsFound() {
    assertEquals(
        Set.of("closingTheClientEndsARun", "closingTheClientFailsTheCallsUnderWay"),
        failed(ForgetfulClose.class));
  }

  @Test
  void aResolverThatAnswersOnceIsFound() {
    assertEquals(Set.of("eachSubscriptionHasTheAnswer"), failed(Once.class));
  }

  @Test
  void aWorkWhoseErrorComesAfterACancelIsFound() {
    assertEquals(Set.of("aCancelledAttemptIsSilent"), failed(Late.class));
  }

  @Test
  void aWorkThatForgetsToEndIsFound() {
    assertEquals(Set.of("everyKeyHasOneOutcome"), failed(Forgetful.class));
  }

  @Test
  void aWorkThatTalksAfterACancelIsFound() {
    assertEquals(Set.of("aCancelledAttemptIsSilent"), failed(Talkative.class));
  }

  @Test
  void aResolverThatTakesSilenceForNoNameIsFound() {
    assertEquals(Set.of("noAnswerIsAnErrorAndNotAMissingName"), failed(Hasty.class));
  }

  @Test
  void aResolverThatBlocksItsSubscriberIsFound() {
    assertEquals(Set.of("subscribingDoesNotWaitForTheAnswer"), failed(Blocking.class));
  }

  /** The names of the tests that failed. */
  private static Set<String> failed(Class<?> contract) {
    Set<String> names = new TreeSet<>();
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(contract))
        .execute()
        .testEvents()
        .finished()
        .stream()
        .filter(FaultySubjectsTest::isFailure)
        .forEach(event -> names.add(methodOf(event)));
    return names;
  }

  private static boolean isFailure(Event event) {
    return event.getRequiredPayload(TestExecutionResult.class).getStatus()
        == TestExecutionResult.Status.FAILED;
  }

  private static String methodOf(Event event) {
    return event.getTestDescriptor().getUniqueId().toString().replaceFirst(".*:(\\w+)\\(.*", "$1");
  }

  static class PlainOkHttp extends TransportContract {
    private final OkHttpClient client =
        new OkHttpClient.Builder().retryOnConnectionFailure(false).build();

    @Override
    protected HttpOptions options() {
      return HttpOptions.standard().withCalls(client);
    }

    @Override
    protected void close() {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }

  static class DefaultOkHttp extends TransportContract {
    @Override
    protected HttpOptions options() {
      return HttpOptions.standard().withCalls(new OkHttpClient());
    }

    @Override
    protected Duration longest() {
      return Duration.ofSeconds(2);
    }
  }

  /** Over the library's own transport, which keeps the contract. */
  abstract static class Intercepted extends TransportContract implements Interceptor {
    @Override
    protected HttpOptions options() {
      return HttpOptions.standard().withOkHttp(client -> client.addInterceptor(this));
    }
  }

  static class Busy extends Intercepted {
    private final AtomicBoolean isBusy = new AtomicBoolean();

    @Override
    public Response intercept(Chain chain) throws IOException {
      if (!isBusy.compareAndSet(false, true)) {
        throw new IOException("busy");
      }
      try {
        return chain.proceed(chain.request());
      } finally {
        isBusy.set(false);
      }
    }
  }

  static class FirstBytes extends Intercepted {
    @Override
    public Response intercept(Chain chain) throws IOException {
      Response response = chain.proceed(chain.request());
      ResponseBody first = response.peekBody(1_000);
      return response.isSuccessful() ? response.newBuilder().body(first).build() : response;
    }
  }

  static class ForgetfulClose extends Intercepted {
    @Override
    public Response intercept(Chain chain) throws IOException {
      try {
        return chain.proceed(chain.request());
      } catch (IOException e) {
        if (chain.call().isCanceled()) {
          awaitInterrupt();
        }
        throw e;
      }
    }

    private static void awaitInterrupt() throws IOException {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }

    @Override
    protected Duration longest() {
      return Duration.ofSeconds(1);
    }
  }

  static class Late extends WorkContract<Integer, Integer> {
    @Override
    protected Work<Integer, Integer> work() {
      return key ->
          Maybe.unsafeCreate(
              observer -> {
                observer.onSubscribe(Disposable.empty());
                var unused =
                    Completable.timer(1, MILLISECONDS)
                        .subscribe(() -> observer.onError(new IOException("too late")));
              });
    }

    @Override
    protected List<Integer> keys() {
      return List.of(1, 2, 3);
    }
  }

  static class Once extends Hasty {
    @Override
    protected Resolver resolver() {
      Resolver hasty = super.resolver();
      return name -> {
        AtomicBoolean isAnswered = new AtomicBoolean();
        return unanswered().contains(name)
            ? Maybe.error(new SocketTimeoutException("no answer"))
            : Maybe.defer(() -> isAnswered.getAndSet(true) ? Maybe.empty() : hasty.resolve(name));
      };
    }
  }

  static class Forgetful extends WorkContract<Integer, Integer> {
    @Override
    protected Work<Integer, Integer> work() {
      return key -> key == 2 ? Maybe.never() : Maybe.just(key);
    }

    @Override
    protected List<Integer> keys() {
      return List.of(1, 2, 3);
    }

    @Override
    protected Duration longest() {
      return Duration.ofMillis(200);
    }
  }

  static class Talkative extends WorkContract<Integer, Integer> {
    @Override
    protected Work<Integer, Integer> work() {
      return key ->
          Maybe.just(key)
              .delay(1, MILLISECONDS)
              .doOnDispose(() -> RxJavaPlugins.onError(new IllegalStateException("too late")));
    }

    @Override
    protected List<Integer> keys() {
      return List.of(1, 2, 3);
    }
  }

  static class Blocking extends Hasty {
    @Override
    protected Resolver resolver() {
      Resolver hasty = super.resolver();
      return name ->
          unanswered().contains(name)
              ? Maybe.fromCallable(
                  () -> {
                    // Longer than the contract allows.
                    new CountDownLatch(1).await(1, SECONDS);
                    throw new SocketTimeoutException("no answer");
                  })
              : hasty.resolve(name);
    }
  }

  static class Hasty extends ResolverContract {
    @Override
    protected Resolver resolver() {
      return name ->
          name.equals(existing()) ? Maybe.just(Answer.of(List.of())) : Maybe.<Answer>empty();
    }

    @Override
    protected DomainName existing() {
      return DomainName.of("is.example");
    }

    @Override
    protected DomainName missing() {
      return DomainName.of("is-not.example");
    }

    @Override
    protected List<DomainName> unanswered() {
      return List.of(DomainName.of("silent.example"));
    }
  }
}
