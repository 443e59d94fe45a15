package dev.sluice.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import dev.sluice.Limiter;
import io.reactivex.rxjava3.core.Flowable;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;

/** A JVM of its own that appends to a journal until it is killed, or reads one. */
final class JournalChild {
  private JournalChild() {}

  /** Arguments: append, write or read; the journal; for write how many lines, or the key. */
  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "append" -> append(path);
      case "write" -> write(path, arguments[2]);
      default -> read(path);
    }
  }

  private static void append(Path path) throws IOException {
    try (Journal journal = Journal.open(path)) {
      for (int i = 0; ; i++) {
        // Long lines, so that a kill often falls into a write.
        journal.append(Entries.success("key-" + i + "-" + "x".repeat(200_000)));
        System.out.println(i);
      }
    }
  }

  private static void write(Path path, String key) throws IOException {
    try (Journal journal = Journal.open(path)) {
      journal.append(Entries.success(key));
    }
  }

  private static void read(Path path) throws IOException {
    JournalIndex index = JournalIndex.of(path);
    long entries = Journal.read(path).count().blockingGet();
    long done =
        index
            .remaining(Flowable.range(0, 1_000).map(i -> "key-" + 1_000 * i), JournalCodec.ofText())
            .count()
            .blockingGet();
    System.out.println(entries + " entries, " + index.size() + " keys, " + done + " remain");
  }

  static ProcessBuilder of(List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    String classPath =
        Stream.of(
                Limiter.class,
                JournalChild.class,
                Flowable.class,
                Publisher.class,
                JsonFactory.class)
            .map(JournalChild::location)
            .collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-cp", classPath, JournalChild.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  /** Runs the process to its end and returns its output. */
  static String output(ProcessBuilder child) throws IOException, InterruptedException {
    Process process = child.start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      process.waitFor();
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(type + " was loaded from no file", e);
    }
  }
}
