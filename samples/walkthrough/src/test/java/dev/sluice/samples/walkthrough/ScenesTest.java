package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.reactivex.rxjava3.core.Completable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Scenes that print the same lines as asyncio itself. */
class ScenesTest {
  @ParameterizedTest
  @MethodSource("commands")
  void printsTheSameLinesAsAsyncio(SampleCommand sample) throws Exception {
    String name = sample.getClass().getAnnotation(CommandLine.Command.class).name();
    List<String> asyncio = PythonAsyncio.linesOf(name);
    List<String> lines = VirtualTime.untimedLinesOf(sample::run);
    assertEquals(asyncio, lines);
  }

  /** Scenes that print no times: each line is compared after the time at which it was printed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "count sync",
        "count async",
        "sayafter",
        "workqueue v1",
        "workqueue v2",
        "workqueue v3",
        "workqueue v4",
        "semaphore",
        "queue"
      })
  void printsTheSameLinesAtTheSameTimesAsAsyncio(String scene) throws Exception {
    List<String> asyncio = PythonAsyncio.linesOf(scene);
    List<String> lines = VirtualTime.linesOf(context -> run(scene, context));
    assertEquals(asyncio, lines);
  }

  /** Two threads print at the same virtual time, in any order. */
  @ParameterizedTest
  @ValueSource(strings = {"threads", "webpage"})
  void printsTheSameLinesOnTheSameThreadsAsAsyncio(String scene) throws Exception {
    List<String> asyncio = PythonAsyncio.linesOf(scene);
    String loop = " on " + Thread.currentThread().getName();
    List<String> lines =
        VirtualTime.linesWithThreadsOf(context -> run(scene, context)).stream()
            .map(line -> line.replace(loop, " on loop"))
            .toList();
    assertEquals(asyncio.stream().sorted().toList(), lines.stream().sorted().toList());
  }

  private static Completable run(String scene, SampleContext context) {
    return switch (scene) {
      case "count sync" -> Count.run(Count.Mode.SYNC, context);
      case "count async" -> Count.run(Count.Mode.ASYNC, context);
      case "sayafter" -> new SayAfter().run(context);
      case "workqueue v1" -> WorkQueue.run(WorkQueue.Version.V1, context);
      case "workqueue v2" -> WorkQueue.run(WorkQueue.Version.V2, context);
      case "workqueue v3" -> WorkQueue.run(WorkQueue.Version.V3, context);
      case "workqueue v4" -> WorkQueue.run(WorkQueue.Version.V4, context);
      case "queue" -> withDefaults(new BoundedQueue()).run(context);
      case "threads" -> new Threads().run(context);
      case "webpage" -> new WebPage().run(context);
      default -> Semaphores.run(3, context);
    };
  }

  static List<SampleCommand> commands() {
    return List.of(
        new Nested(),
        new Naive(),
        new Timeouts(),
        new Futures(),
        new Classic(),
        new Generators(),
        new LoopByHand(),
        withDefaults(new Chess()));
  }

  private static <T extends SampleCommand> T withDefaults(T sample) {
    CommandLine.populateCommand(sample);
    return sample;
  }

  @Test
  void aSingleWithoutASubscriberDoesNothing() {
    assertEquals(
        List.of(
            "-- nested(), not awaited",
            "0.0 nothing has run",
            "-- await nested()",
            "0.0 nested runs",
            "0.0 awaited: 42",
            "-- create_task(nested())",
            "0.0 task created",
            "0.0 nested runs",
            "0.0 awaited: 42"),
        VirtualTime.untimedLinesOf(new Nested()::run));
  }

  @Test
  void workAwaitedInTurnIsNotConcurrent() {
    assertEquals(
        List.of(
            "-- await A; await B",
            "0.0 A starts",
            "1.0 A ends",
            "1.0 B starts",
            "3.0 B ends",
            "-- [await work(name) for name in names]",
            "0.0 A starts",
            "1.0 A ends",
            "1.0 B starts",
            "2.0 B ends",
            "2.0 results: [A, B]",
            "-- two tasks",
            "0.0 A starts",
            "0.0 B starts",
            "1.0 A ends",
            "2.0 B ends"),
        VirtualTime.untimedLinesOf(new Naive()::run));
  }

  @Test
  void aTimeoutCancelsAllThatItCovers() {
    assertEquals(
        List.of(
            "-- wait_for(gather(A, B), 1.5)",
            "0.0 A starts",
            "0.0 B starts",
            "1.5 A cancelled",
            "1.5 B cancelled",
            "1.5 raised: timed out",
            "-- wait_for(A, 1.5), then wait_for(B, 1.5)",
            "0.0 A starts",
            "1.0 A ends",
            "1.0 B starts",
            "2.0 B ends",
            "-- gather(A, B).cancel()",
            "0.0 A starts",
            "0.0 B starts",
            "1.0 A cancelled",
            "1.0 B cancelled",
            "1.0 raised: cancelled",
            "-- timeout(2) around await A; await B",
            "0.0 A starts",
            "1.0 A ends",
            "1.0 B starts",
            "2.0 B cancelled",
            "2.0 raised: timed out"),
        VirtualTime.untimedLinesOf(new Timeouts()::run));
  }

  @Test
  void aCallbackApiAndAFutureBecomeASingle() {
    assertEquals(
        List.of(
            "-- a callback sets the result",
            "0.0 request sent",
            "1.0 callback: 42",
            "1.0 awaited: 42",
            "-- a cancelled future cancels the request",
            "0.0 request sent",
            "1.0 request cancelled",
            "1.0 raised: cancelled",
            "-- CompletableFuture to Single",
            "1.0 awaited: 42",
            "-- Single to CompletableFuture",
            "0.0 request sent",
            "1.0 callback: 42",
            "1.0 done: true, result: 42"),
        VirtualTime.untimedLinesOf(new Futures()::run));
  }

  @Test
  void scanAndConcatReplaceSendAndYieldFrom() {
    assertEquals(
        List.of(
            "-- send",
            "0.0 send(10) -> 10.0",
            "0.0 send(30) -> 20.0",
            "0.0 send(5) -> 15.0",
            "-- yield from",
            "0.0 yielded: [A, B, C, D]",
            "-- return of a generator",
            "0.0 yielded: 1",
            "0.0 yielded: 2",
            "0.0 returned: 3"),
        VirtualTime.untimedLinesOf(new Classic()::run));
  }
}
