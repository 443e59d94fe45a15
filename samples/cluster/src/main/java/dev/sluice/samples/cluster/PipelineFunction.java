package dev.sluice.samples.cluster;

import static java.util.Objects.requireNonNull;

import dev.sluice.journal.Journal;
import dev.sluice.journal.JournalEntry;
import dev.sluice.journal.JournalVerdict;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs keys through a pipeline of the library; the result of a key is a line of a journal.
 *
 * <p>Whatever goes wrong with a key is its outcome. Flink would repeat a key that makes the
 * function fail, and fail again, for ever. Only an {@code Error}, such as a missing class, fails
 * the task.
 */
final class PipelineFunction<V> extends RichAsyncFunction<String, byte[]> {
  private static final long serialVersionUID = 1L;

  private final OpenPipeline.Opener<V> opener;
  private transient @Nullable OpenPipeline<V> open;
  private transient @Nullable CompositeDisposable inFlight;

  PipelineFunction(OpenPipeline.Opener<V> opener) {
    this.opener = opener;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    RuntimeContext runtime = getRuntimeContext();
    if (Schedulers.class.getClassLoader() != RichAsyncFunction.class.getClassLoader()) {
      // RxJava came with the jar of the job: its threads would keep the job's classes in memory.
      runtime.registerUserCodeClassLoaderReleaseHookIfAbsent("rxjava", Schedulers::shutdown);
    }
    open = opener.open(runtime.getTaskInfo().getNumberOfParallelSubtasks());
    inFlight = new CompositeDisposable();
  }

  @Override
  public void asyncInvoke(String key, ResultFuture<byte[]> result) {
    OpenPipeline<V> pipeline = requireNonNull(open);
    LastLine line = new LastLine();
    pipeline
        .pipeline()
        .journalled(line, pipeline.codec())
        .run(key)
        .subscribe(
            outcome -> complete(result, line.bytes()),
            error -> completeWithError(result, key, error),
            requireNonNull(inFlight));
  }

  private static void completeWithError(ResultFuture<byte[]> result, String key, Throwable error) {
    if (error instanceof Exception) {
      complete(result, Journal.line(JournalEntry.ofError(key, JournalVerdict.FAILURE, error)));
    } else {
      result.completeExceptionally(error);
    }
  }

  private static void complete(ResultFuture<byte[]> result, byte[] line) {
    try {
      result.complete(List.of(line));
    } catch (RejectedExecutionException e) {
      // The task is being cancelled. A restart repeats the keys without a result.
      return;
    }
  }

  @Override
  public void close() {
    // First the subscriptions: closing the resource would make an outcome of each.
    if (inFlight != null) {
      inFlight.dispose();
    }
    if (open != null) {
      open.close();
    }
  }
}
