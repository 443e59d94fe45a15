package dev.sluice.samples.walkthrough;

import io.reactivex.rxjava3.core.Completable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The scenes that have a marble diagram: by name, what to run. */
final class MarbleScenes {
  /** The pictures of the README: scenes that run in virtual time. */
  static final Map<String, List<Function<SampleContext, Completable>>> WALKTHROUGH =
      scenes(
          List.of(new Count(), "sync"),
          List.of(new Count(), "async"),
          List.of(new SayAfter()),
          List.of(new Nested()),
          List.of(new Naive()),
          List.of(new Chess(), "--opponents=3", "--pairs=2"),
          List.of(new WorkQueue(), "v3"),
          List.of(new WorkQueue(), "v4"),
          List.of(new Waiting()),
          List.of(new Timeouts()),
          List.of(new Futures()),
          List.of(new Semaphores()),
          List.of(new Threads()),
          List.of(new BoundedQueue(), "--items=4", "--capacity=2", "--consumers=2"),
          List.of(new WebPage()),
          List.of(new Generators()),
          List.of(new Classic()),
          List.of(new TaskGroup()));

  /** The pictures of the Javadoc. */
  static final Map<String, List<Function<SampleContext, Completable>>> LIBRARY =
      Map.of(
          "window", List.of(LibraryScenes::window),
          "limiter", List.of(LibraryScenes::limiter),
          "policy", List.of(LibraryScenes::policy));

  private MarbleScenes() {}

  /** Runs scenes in virtual time, on a thread named {@code loop}, and draws what happened. */
  static List<MarbleDiagram> diagrams(List<Function<SampleContext, Completable>> scenes) {
    FutureTask<List<MarbleDiagram>> run =
        new FutureTask<>(
            () ->
                scenes.stream()
                    .flatMap(scene -> MarbleDiagram.of(VirtualTime.traceOf(scene)).stream())
                    .toList());
    new Thread(run, "loop").start();
    try {
      return run.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, List<Function<SampleContext, Completable>>> scenes(
      List<?>... samplesWithArguments) {
    Map<String, List<Function<SampleContext, Completable>>> scenes = new LinkedHashMap<>();
    for (List<?> sample : samplesWithArguments) {
      SampleCommand command = (SampleCommand) sample.get(0);
      String[] arguments = sample.stream().skip(1).map(Object::toString).toArray(String[]::new);
      new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
      scenes
          .computeIfAbsent(name(command), name -> new ArrayList<>())
          .add(context -> titled(command, arguments, context));
    }
    return scenes;
  }

  /** The title of what comes before the first title of the sample itself. */
  private static Completable titled(
      SampleCommand command, String[] arguments, SampleContext context) {
    return Completable.defer(
        () -> {
          context.trace(
              (MarbleDiagram.TITLE + name(command) + " " + String.join(" ", arguments)).strip());
          return command.run(context);
        });
  }

  private static String name(SampleCommand command) {
    return command.getClass().getAnnotation(Command.class).name();
  }
}
