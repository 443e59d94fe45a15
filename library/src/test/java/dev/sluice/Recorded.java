package dev.sluice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** All reads, writes, waits and sleeps of all threads, as recorded by the JVM (JFR). */
public record Recorded(List<RecordedEvent> events) {
  private static final Set<String> INPUT_AND_OUTPUT =
      Set.of("jdk.FileRead", "jdk.FileWrite", "jdk.FileForce", "jdk.SocketRead", "jdk.SocketWrite");
  private static final Set<String> WAITS =
      Set.of("jdk.ThreadPark", "jdk.ThreadSleep", "jdk.JavaMonitorWait");

  /** Waits that do not count: an idle pool thread, a short lock, the loading of a class. */
  private static final List<String> NO_BLOCKING =
      List.of("ThreadPoolExecutor.getTask", "ReentrantLock.lock", "ClassLoader.loadClass");

  public static Recorded during(Runnable work) {
    try (Recording recording = new Recording()) {
      Stream.concat(INPUT_AND_OUTPUT.stream(), WAITS.stream())
          .forEach(event -> recording.enable(event).withThreshold(Duration.ZERO).withStackTrace());
      recording.start();
      work.run();
      recording.stop();
      return new Recorded(eventsOf(recording));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The names of the threads with events of this type that match the condition. */
  public Set<String> threads(String event, Predicate<RecordedEvent> condition) {
    Set<String> threads = new TreeSet<>();
    events.stream()
        .filter(it -> it.getEventType().getName().equals(event))
        .filter(condition)
        .forEach(it -> threads.add(threadOf(it)));
    return threads;
  }

  /** The events that blocked threads whose name starts with this prefix. */
  public List<RecordedEvent> blocked(String thread) {
    return events.stream()
        .filter(it -> threadOf(it).startsWith(thread))
        .filter(it -> NO_BLOCKING.stream().noneMatch(stackOf(it)::contains))
        .toList();
  }

  private static List<RecordedEvent> eventsOf(Recording recording) throws IOException {
    Path file = Files.createTempFile("recorded", ".jfr");
    try {
      recording.dump(file);
      return RecordingFile.readAllEvents(file);
    } finally {
      Files.delete(file);
    }
  }

  private static String threadOf(RecordedEvent event) {
    return event.getThread() == null ? "" : String.valueOf(event.getThread().getJavaName());
  }

  private static String stackOf(RecordedEvent event) {
    StringBuilder stack = new StringBuilder();
    if (event.getStackTrace() != null) {
      event
          .getStackTrace()
          .getFrames()
          .forEach(
              frame ->
                  stack
                      .append(frame.getMethod().getType().getName())
                      .append('.')
                      .append(frame.getMethod().getName())
                      .append('\n'));
    }
    return stack.toString();
  }
}
