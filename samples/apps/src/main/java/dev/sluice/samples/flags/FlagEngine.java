package dev.sluice.samples.flags;

import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.fetch.SavedFile;
import dev.sluice.flags.CountryCode;
import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableEmitter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Three ways to download the same flags. Each emits an outcome for each code. */
enum FlagEngine {
  /** A loop: each download starts when the file before is written. */
  SEQUENTIAL {
    @Override
    Flowable<Outcome<CountryCode, SavedFile>> downloadAll(
        List<CountryCode> codes, int connections, Pipeline<CountryCode, SavedFile> downloads) {
      return Flowable.fromIterable(codes).map(code -> download(code, downloads));
    }
  },

  /** {@code ThreadPoolExecutor}: a plain thread pool, of which each download blocks a thread. */
  THREADS {
    @Override
    Flowable<Outcome<CountryCode, SavedFile>> downloadAll(
        List<CountryCode> codes, int connections, Pipeline<CountryCode, SavedFile> downloads) {
      return Flowable.create(
          emitter -> submitAll(codes, connections, downloads, emitter.serialize()),
          BackpressureStrategy.BUFFER);
    }
  },

  /** The stream of the library, in which a download blocks no thread of this program. */
  STREAM {
    @Override
    Flowable<Outcome<CountryCode, SavedFile>> downloadAll(
        List<CountryCode> codes, int connections, Pipeline<CountryCode, SavedFile> downloads) {
      return downloads.runAll(Flowable.fromIterable(codes));
    }
  };

  /**
   * Reads the name of an engine.
   *
   * @throws IllegalArgumentException if there is no such engine; the message says what is allowed
   */
  static FlagEngine parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "sequential" -> SEQUENTIAL;
      case "threads" -> THREADS;
      case "stream" -> STREAM;
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is not an engine: allowed are sequential, threads and stream");
    };
  }

  abstract Flowable<Outcome<CountryCode, SavedFile>> downloadAll(
      List<CountryCode> codes, int connections, Pipeline<CountryCode, SavedFile> downloads);

  private static void submitAll(
      List<CountryCode> codes,
      int threads,
      Pipeline<CountryCode, SavedFile> downloads,
      FlowableEmitter<Outcome<CountryCode, SavedFile>> emitter) {
    if (codes.isEmpty()) {
      emitter.onComplete(); // Otherwise the last download completes the stream.
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    // Interrupts the downloads that are in progress.
    emitter.setCancellable(pool::shutdownNow);
    AtomicInteger remaining = new AtomicInteger(codes.size());
    try {
      for (CountryCode code : codes) {
        pool.execute(() -> emit(code, downloads, remaining, emitter));
      }
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // Disposed before all were submitted, and then tryOnError drops the error; or the pool could
      // start no thread.
      emitter.tryOnError(e);
    }
  }

  private static void emit(
      CountryCode code,
      Pipeline<CountryCode, SavedFile> downloads,
      AtomicInteger remaining,
      FlowableEmitter<Outcome<CountryCode, SavedFile>> emitter) {
    try {
      emitter.onNext(download(code, downloads));
    } catch (RuntimeException | Error e) {
      // After Ctrl-C this is the interrupt, which nothing waits for any more. An error ends the
      // run,
      // because the outcome of this code will never come.
      emitter.tryOnError(e);
    }
    if (remaining.decrementAndGet() == 0) {
      emitter.onComplete();
    }
  }

  private static Outcome<CountryCode, SavedFile> download(
      CountryCode code, Pipeline<CountryCode, SavedFile> downloads) {
    return downloads.run(code).blockingGet();
  }
}
