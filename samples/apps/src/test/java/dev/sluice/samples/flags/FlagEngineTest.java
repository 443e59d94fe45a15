package dev.sluice.samples.flags;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.Policy;
import dev.sluice.disk.Folder;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import okhttp3.Interceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class FlagEngineTest {
  /** Nothing listens at port 1: the test needs no answer. */
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1/flags");

  @TempDir Path folder;

  @AfterEach
  void resetErrorHandler() {
    RxJavaPlugins.setErrorHandler(null);
  }

  @ParameterizedTest
  @EnumSource(FlagEngine.class)
  void isQuietWhenDisposedBeforeTheFirstDownload(FlagEngine engine) {
    Queue<Throwable> undeliverable = new ConcurrentLinkedQueue<>();
    RxJavaPlugins.setErrorHandler(undeliverable::add);
    List<CountryCode> codes = CountryCode.mostPopulous();
    try (Flags flags = Flags.at(NOWHERE, Folder.at(folder), FlagOptions.standard())) {
      engine
          .downloadAll(codes, 2, flags.downloads())
          .takeUntil(Flowable.just(true))
          .test()
          .assertResult();
    }
    assertEquals(List.of(), List.copyOf(undeliverable));
  }

  @ParameterizedTest
  @EnumSource(FlagEngine.class)
  void completesWithoutCodes(FlagEngine engine) {
    try (Flags flags = Flags.at(NOWHERE, Folder.at(folder), FlagOptions.standard())) {
      engine
          .downloadAll(List.of(), 1, flags.downloads())
          .test()
          .awaitDone(5, SECONDS)
          .assertResult();
    }
  }

  /** Not waiting for an outcome that will never come. One at a time: two errors would be one. */
  @ParameterizedTest
  @EnumSource(FlagEngine.class)
  void endsWithTheErrorOfADownload(FlagEngine engine) {
    Error error = new AssertionError("broken");
    Interceptor broken =
        chain -> {
          throw error;
        };
    HttpOptions http = HttpOptions.standard().withOkHttp(okHttp -> okHttp.addInterceptor(broken));
    List<CountryCode> codes = CountryCode.mostPopulous();
    try (Flags flags =
        Flags.at(NOWHERE, Folder.at(folder), FlagOptions.of(Policy.limit(1)).withHttp(http))) {
      Throwable thrown =
          assertThrows(
              Throwable.class,
              () -> engine.downloadAll(codes, 1, flags.downloads()).blockingSubscribe());
      assertSame(error, thrown);
    }
  }
}
