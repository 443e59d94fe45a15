package dev.sluice.journal;

import dev.sluice.ChildJvm;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** A JVM of its own that appends to a journal until it is killed, or reads one. */
final class JournalChild {
  private JournalChild() {}

  /** Arguments: append, append-all, write, fill or read; the journal; for write the key. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path path = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "append" -> append(path);
      case "append-all" -> appendAll(path);
      case "write" -> write(path, arguments[2]);
      case "fill", "fill-synced" -> fill(path, arguments[0].equals("fill-synced"));
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

  private static void appendAll(Path path) throws IOException {
    try (Journal journal = Journal.open(path)) {
      for (int i = 0; ; i += 8) {
        List<JournalEntry> entries =
            IntStream.range(i, i + 8)
                .mapToObj(n -> Entries.success("key-" + n + "-" + "x".repeat(50_000)))
                .toList();
        journal.appendAll(entries, (e, index) -> System.exit(1));
        entries.forEach(entry -> System.out.println("written"));
      }
    }
  }

  private static void write(Path path, String key) throws IOException {
    try (Journal journal = Journal.open(path)) {
      journal.append(Entries.success(key));
    }
  }

  /**
   * Appends 64 lines at a time until one is not recorded, to a file that cannot grow beyond 64 KiB;
   * prints those that are.
   */
  private static void fill(Path path, boolean fsync) throws IOException, InterruptedException {
    try (Journal journal = Journal.open(path)) {
      String self = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("prlimit", "--pid", self, "--fsize=65536").inheritIO().start().waitFor();
      if (fsync) {
        journal.fsyncEachLine();
      }
      Set<String> messages = new TreeSet<>();
      for (int i = 0; messages.isEmpty(); i += 64) {
        List<JournalEntry> entries =
            IntStream.range(i, i + 64).mapToObj(n -> Entries.success("key-" + n)).toList();
        List<String> recorded = new ArrayList<>(entries.stream().map(JournalEntry::key).toList());
        journal.appendAll(
            entries,
            (e, index) -> {
              messages.add(String.valueOf(e.getMessage()));
              recorded.remove(entries.get(index).key());
            });
        recorded.forEach(System.out::println);
      }
      messages.forEach(System.out::println);
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
