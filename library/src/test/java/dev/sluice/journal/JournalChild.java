package dev.sluice.journal;

import dev.sluice.ChildJvm;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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
    return ChildJvm.of(List.of(), options, JournalChild.class, List.of(arguments));
  }
}
