package dev.sluice.samples.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Work;
import dev.sluice.journal.JournalCodec;
import dev.sluice.journal.JournalVerdict;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Any work as an operator of Flink: what goes wrong, back-pressure, opening and closing. */
@Timeout(300)
class PipelineFunctionTest {
  private static final int CAPACITY = 10;

  // The operators are in this JVM, but Flink sends copies of the functions to them.
  private static final AtomicInteger OPEN = new AtomicInteger();
  private static final AtomicInteger OPENED = new AtomicInteger();
  private static final AtomicLong GENERATED = new AtomicLong();
  private static final AtomicInteger DISPOSED = new AtomicInteger();
  private static volatile CountDownLatch gate = new CountDownLatch(0);

  @TempDir Path folder;
  private final StreamExecutionEnvironment flink = Runs.inThisJvm();
  private Path outcomes;

  @BeforeEach
  void reset() {
    outcomes = folder.resolve("outcomes");
    OPEN.set(0);
    OPENED.set(0);
    GENERATED.set(0);
    DISPOSED.set(0);
    gate = new CountDownLatch(0);
  }

  /** A work that can be sent to a subtask. */
  private interface SentWork extends Work<String, String>, Serializable {}

  private record Opener(SentWork work) implements OpenPipeline.Opener<String> {
    @Override
    public OpenPipeline<String> open(int subtasks) {
      OPEN.incrementAndGet();
      OPENED.incrementAndGet();
      Policy policy = Policy.limit(CAPACITY).withAttemptTimeout(Policy.FOREVER);
      return new OpenPipeline<>(
          Pipeline.of(policy, work), JournalCodec.ofText(), OPEN::decrementAndGet);
    }
  }

  private DataStream<byte[]> lines(DataStream<String> keys, SentWork work) {
    return AsyncDataStream.unorderedWait(
            keys, new PipelineFunction<>(new Opener(work)), 0, TimeUnit.MILLISECONDS, CAPACITY)
        .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  private DataStream<String> generated(long count) {
    DataGeneratorSource<String> source =
        new DataGeneratorSource<>(
            index -> {
              GENERATED.incrementAndGet();
              return GeneratedNames.name(index);
            },
            count,
            Types.STRING);
    return flink.fromSource(source, WatermarkStrategy.noWatermarks(), "keys");
  }

  @Test
  void whateverGoesWrongWithAKeyIsItsOutcome() throws Exception {
    JobOptions.configure(Runs.options(outcomes), flink);
    lines(
            flink.fromData(Types.STRING, "right", "throws", "signals", "fails", "absent"),
            PipelineFunctionTest::poison)
        .sinkTo(OutcomeFiles.sink(new org.apache.flink.core.fs.Path(outcomes.toUri())));
    flink.execute();
    assertEquals(
        Map.of(
            "right", JournalVerdict.SUCCESS,
            "throws", JournalVerdict.FAILURE,
            "signals", JournalVerdict.FAILURE,
            "fails", JournalVerdict.FAILURE,
            "absent", JournalVerdict.NOT_FOUND),
        Runs.verdicts(outcomes));
    assertEquals(2, OPENED.get(), "each subtask opens once, and none starts again");
    assertEquals(0, OPEN.get(), "all are closed");
  }

  private static Maybe<String> poison(String key) {
    return switch (key) {
      case "throws" -> throw new IllegalStateException("a bug");
      case "signals" -> Maybe.error(new IllegalStateException("a bug"));
      case "fails" -> Maybe.error(new IOException("no answer"));
      case "absent" -> Maybe.empty();
      default -> Maybe.just(key);
    };
  }

  @Test
  void theSourceWaitsForASlowSink() throws Exception {
    gate = new CountDownLatch(1);
    long names = 100_000;
    JobOptions.configure(Runs.options(outcomes), flink);
    lines(generated(names), Maybe::just)
        .map(
            line -> {
              gate.await();
              return line;
            })
        .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
        // In a task of its own, so that the buffers between the tasks fill, too.
        .disableChaining()
        .sinkTo(OutcomeFiles.sink(new org.apache.flink.core.fs.Path(outcomes.toUri())));
    JobClient job = flink.executeAsync();
    Eventually.until(() -> GENERATED.get() > 0, "no key");
    Eventually.untilStill(GENERATED::get);
    long ahead = GENERATED.get();
    gate.countDown();
    job.getJobExecutionResult().join();
    assertTrue(ahead < names / 2, "generated while the sink waited: " + ahead);
    assertEquals(names, Runs.count(outcomes));
  }

  @Test
  void aCancelledJobDisposesWhatIsInFlightAndClosesItsResources() throws Exception {
    JobOptions.configure(Runs.options(outcomes), flink);
    lines(
            generated(1_000),
            key -> MaybeSubject.<String>create().doOnDispose(DISPOSED::incrementAndGet))
        .sinkTo(OutcomeFiles.sink(new org.apache.flink.core.fs.Path(outcomes.toUri())));
    JobClient job = flink.executeAsync();
    Eventually.until(() -> GENERATED.get() >= 2 * CAPACITY, "too few keys");
    job.cancel().join();
    Eventually.until(() -> OPENED.get() == 2 && OPEN.get() == 0, "resources stay open");
    assertEquals(2 * CAPACITY, DISPOSED.get());
    assertEquals(List.of(), Runs.keys(outcomes));
  }
}
