package dev.sluice.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sluice.ChildJvm;
import dev.sluice.Phase;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines go into a journal whole and come out the same, whatever happens to the process. */
@Timeout(180)
final class JournalTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("run.ndjson");
  }

  private List<JournalEntry> entries() {
    return Journal.read(path).toList().blockingGet();
  }

  private static String message(Throwable e) {
    return String.valueOf(e.getMessage());
  }

  private void append(JournalEntry... entries) throws IOException {
    try (Journal journal = Journal.open(path)) {
      for (JournalEntry entry : entries) {
        journal.append(entry);
      }
    }
  }

  @Test
  void aLineHasTheDocumentedFields() throws IOException {
    append(Entries.failure("http://h1/a", true));
    assertEquals(
        """
        {"v":1,"key":"http://h1/a","verdict":"failure","attempts":1,"status":200,"bytes":10240,\
        "lane":"h1:80","permits":5,"start":"2026-11-29T12:00:00.123456Z",\
        "micros":{"total":30000,"permit":10000,"body":20000},\
        "error":{"kind":"IOException","message":"http://h1/a: no answer","retryable":true}}
        """,
        Files.readString(path));
  }

  @Test
  void aFileOfLinesIsAJournal() throws IOException {
    JournalEntry entry = Entries.failure("http://h1/a", true);
    Files.write(path, Journal.line(entry));
    assertEquals(List.of(entry), entries());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a \"quoted\" key",
        "two\nlines\r\n",
        "control \u0000 \u0007 \u001b[31m \u007f \u0085 \u2028 \u2029",
        "back\\slash {\"v\":2}",
        "ü 日本 \ud83d\udc1f \u202e",
        "half a pair \ud83d, and the other half \udc1f",
        ""
      })
  void anyKeyComesBackAsItWas(String key) throws IOException {
    JournalEntry entry = Entries.failure(key, false);
    append(Entries.success("before"), entry, Entries.success("after"));
    assertEquals(List.of(Entries.success("before"), entry, Entries.success("after")), entries());
    assertEquals(3, Files.readString(path).lines().count());
    assertEquals(Optional.of(entry), JournalIndex.of(path).last(key));
  }

  @Test
  void everyFieldComesBackAsItWas() throws IOException {
    PhaseTimes times = PhaseTimes.NONE;
    for (Phase phase : Phase.values()) {
      times = times.with(phase, Duration.ofNanos(1_000L * (1 + times.of().size())));
    }
    assertEquals(Phase.values().length, times.of().size());
    JournalEntry entry =
        new JournalEntry(
            "key",
            JournalVerdict.UNCHANGED,
            3,
            304,
            "NOERROR",
            Long.MAX_VALUE,
            "sha-256=00",
            "/tmp/a",
            "h",
            7,
            Entries.START,
            Duration.ofDays(3),
            times,
            null);
    append(entry);
    assertEquals(List.of(entry), entries());
  }

  @Test
  void concurrentAppendsStayWholeLines() throws Exception {
    int threads = 8;
    int each = 500;
    try (Journal journal = Journal.open(path)) {
      CountDownLatch ready = new CountDownLatch(threads);
      List<Thread> writers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String name = "thread-" + t + "-" + "x".repeat(t * 3_000);
        Thread writer =
            new Thread(
                () -> {
                  try {
                    ready.countDown();
                    ready.await();
                    for (int i = 0; i < each; i++) {
                      journal.append(Entries.success(name + i));
                    }
                  } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                  }
                });
        writers.add(writer);
        writer.start();
      }
      for (Thread writer : writers) {
        writer.join();
      }
    }
    Set<String> keys = new HashSet<>();
    entries().forEach(entry -> keys.add(entry.key()));
    assertEquals(threads * each, keys.size());
  }

  @Test
  void anInterruptedThreadStillAppends() throws IOException {
    try (Journal journal = Journal.open(path)) {
      Thread.currentThread().interrupt();
      journal.append(Entries.success("a"));
      assertTrue(Thread.interrupted(), "the thread stays interrupted");
      journal.append(Entries.success("b"));
    }
    assertEquals(2, entries().size());
  }

  @Test
  void aTornLastLineIsDroppedAndReported() throws IOException {
    append(Entries.success("a"), Entries.success("b"));
    long whole = Files.size(path);
    Files.writeString(path, "{\"v\":1,\"key\":\"c\",\"verd", StandardOpenOption.APPEND);

    List<TornLine> torn = new ArrayList<>();
    assertEquals(2L, Journal.read(path, torn::add).count().blockingGet());
    assertEquals(List.of(new TornLine(path, whole, 22)), torn);
    assertEquals(2, JournalIndex.of(path, torn::add).size());
    assertEquals(2, torn.size());

    try (Journal journal = Journal.open(path)) {
      assertEquals(Optional.of(torn.get(0)), journal.tornLine());
      journal.append(Entries.success("c"));
    }
    assertEquals(List.of("a", "b", "c"), entries().stream().map(JournalEntry::key).toList());
    assertTrue(torn.get(0).toString().contains("not whole and does not count (22 bytes)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"append", "append-all"})
  void aKilledProcessLeavesWholeLinesAndAtMostOneTornOne(String how) throws Exception {
    Random random = new Random(16);
    int lines = 0;
    for (int round = 0; round < 6; round++) {
      Process child = JournalChild.of(List.of("-Xmx64m"), how, path.toString()).start();
      int told = 0;
      try (BufferedReader output = child.inputReader(UTF_8)) {
        int last = 1 + random.nextInt(30);
        while (told < last && output.readLine() != null) {
          told++;
        }
        // By the handle: the process itself would close its output, too.
        child.toHandle().destroyForcibly();
        while (output.readLine() != null) {
          told++;
        }
      }
      child.waitFor();
      assertTrue(told > 0, "the child has appended");
      Journal.open(path).close();
      int now = entries().size();
      assertTrue(now >= lines + told, now + " lines, " + (lines + told) + " were told");
      lines = now;
    }
  }

  @Test
  void onlyOneProcessWritesAtATime() throws Exception {
    try (Journal journal = Journal.open(path)) {
      journal.append(Entries.success("ours"));
      // Reading closes a stream of the same file, which must not give the lock up.
      assertEquals(1, entries().size());
      String other = ChildJvm.output(JournalChild.of(List.of(), "write", path.toString(), "b"));
      assertTrue(other.contains("another run writes to it"), other);
      JournalException here = assertThrows(JournalException.class, () -> Journal.open(path));
      assertTrue(message(here).contains("another run writes to it"), message(here));
    }
    assertEquals("", ChildJvm.output(JournalChild.of(List.of(), "write", path.toString(), "b")));
    assertEquals(2, entries().size());
    try (var files = Files.list(folder)) {
      assertEquals(List.of(path), files.toList());
    }
  }

  @Test
  void linksToOneFileShareItsLock() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), path);
    Path linkToFolder = Files.createSymbolicLink(folder.resolve("folder"), folder);
    for (Path first : List.of(link, path, linkToFolder.resolve("new"))) {
      try (Journal journal = Journal.open(first)) {
        Path real = first.toRealPath();
        for (Path second : List.of(first, real, linkToFolder.resolve(real.getFileName()))) {
          JournalException refused =
              assertThrows(JournalException.class, () -> Journal.open(second), journal::toString);
          assertTrue(message(refused).contains("another run writes to it"), message(refused));
        }
      }
    }
    try (Journal journal = Journal.open(path)) {
      assertThrows(JournalException.class, () -> Journal.open(link), journal::toString);
    }
  }

  @Test
  void keysAreUtf8InEveryLocale() throws Exception {
    ProcessBuilder child =
        JournalChild.of(List.of("-Dfile.encoding=US-ASCII"), "write", path.toString(), "unused");
    child.environment().put("LC_ALL", "C");
    append(Entries.success("ü日本"));
    assertEquals("", ChildJvm.output(child));
    ProcessBuilder reader = JournalChild.of(List.of(), "read", path.toString());
    reader.environment().put("LC_ALL", "C");
    assertEquals("2 entries, 2 keys, 1000 remain\n", ChildJvm.output(reader));
    assertEquals("ü日本", entries().get(0).key());
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is a device of Linux")
  void aFullDiskIsReportedForThisAndEveryLaterEntry() throws IOException {
    Files.createSymbolicLink(path, Path.of("/dev/full"));
    try (Journal journal = Journal.open(path)) {
      journal.check();
      IOException first =
          assertThrows(IOException.class, () -> journal.append(Entries.success("a")));
      assertTrue(message(first).contains("No space left"), message(first));
      assertTrue(message(first).startsWith("journal " + path), message(first));
      IOException later = assertThrows(IOException.class, journal::check);
      assertEquals(message(first), message(later));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fill", "fill-synced"})
  @EnabledOnOs(value = OS.LINUX, disabledReason = "prlimit")
  void ofLinesThatAreWrittenTogetherThoseCountThatAreInTheFile(String how) throws Exception {
    String output = ChildJvm.output(JournalChild.of(List.of(), how, path.toString()));
    List<String> recorded = output.lines().filter(line -> line.startsWith("key-")).toList();
    assertEquals(recorded, entries().stream().map(JournalEntry::key).toList(), output);
    assertTrue(recorded.size() % 64 > 0, () -> recorded.size() + ": not in the middle of a write");
    List<String> messages = output.lines().skip(recorded.size()).toList();
    assertEquals(1, messages.size(), output);
    assertTrue(messages.get(0).contains("File too large"), output);
    assertTrue(messages.get(0).startsWith("journal " + path), output);
    Journal.open(path).close();
    assertEquals(recorded.size(), Files.readString(path).lines().count());
  }

  @Test
  void linesThatComeTogetherAreInTheirOrder() throws IOException {
    List<JournalEntry> many =
        IntStream.range(0, 1_000).mapToObj(i -> Entries.failure("key-" + i, true)).toList();
    try (Journal journal = Journal.open(path)) {
      journal.append(Entries.success("before"));
      journal.appendAll(many, (e, index) -> fail(e));
      journal.appendAll(List.of(), (e, index) -> fail(e));
      journal.append(Entries.success("after"));
    }
    assertEquals(many, entries().subList(1, 1_001));
    assertEquals(1_002, entries().size());
  }

  @Test
  void aClosedJournalRecordsNothing() throws IOException {
    Journal journal = Journal.open(path);
    journal.append(Entries.success("a"));
    journal.close();
    List<String> failed = new ArrayList<>();
    journal.appendAll(
        List.of(Entries.success("b"), Entries.success("c")),
        (e, index) -> failed.add(index + " " + message(e)));
    String why = "journal " + path + ": the outcome is not recorded, and no later one will be: ";
    assertEquals(List.of("0 " + why + "it is closed", "1 " + why + "it is closed"), failed);
    assertEquals(List.of(Entries.success("a")), entries());
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path absent = folder.resolve("absent/run.ndjson");
    JournalException refused = assertThrows(JournalException.class, () -> Journal.open(absent));
    assertEquals("journal " + absent + ": its folder is not there", refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b\n1,2\n", "{\"v\":2,\"key\":\"a\"}\n", "x", "{\"key\":1}\n"})
  void anotherFileIsRefusedAndStaysAsItIs(String content) throws IOException {
    Files.writeString(path, content);
    JournalException refused = assertThrows(JournalException.class, () -> Journal.open(path));
    assertTrue(message(refused).contains("is no journal of version 1"), message(refused));
    assertEquals(content, Files.readString(path));
    assertFalse(Files.exists(folder.resolve(".run.ndjson.lock")));
  }

  @Test
  void aLaterVersionIsRefusedAndUnknownFieldsAreSkipped() throws IOException {
    append(Entries.success("a"));
    String line = Files.readString(path);
    String more = line.replace("\"micros\":{", "\"new\":[1,{\"a\":2}],\"micros\":{\"new\":3,");
    Files.writeString(path, more + line.replace("\"v\":1", "\"v\":2"));
    JournalException refused = assertThrows(JournalException.class, () -> JournalIndex.of(path));
    assertEquals(
        "journal " + path + ", line 2: version 2, and only version 1 is understood",
        message(refused));
    Journal.read(path).test().assertValue(Entries.success("a")).assertError(JournalException.class);
  }

  @Test
  void aMillionLinesAreReadInSmallMemory() throws Exception {
    byte[] line = LineWriter.line(Entries.success("KEY"));
    String text = new String(line, UTF_8);
    try (BufferedWriter writer = Files.newBufferedWriter(path)) {
      for (int i = 0; i < 1_000_000; i++) {
        writer.write(text.replace("KEY", "key-" + i));
      }
    }
    // All compilers, which a child JVM leaves out for a faster start.
    List<String> options = List.of("-Xmx64m", "-XX:TieredStopAtLevel=4");
    assertEquals(
        "1000000 entries, 1000000 keys, 0 remain\n",
        ChildJvm.output(JournalChild.of(options, "read", path.toString())));
  }

  @Test
  @SuppressWarnings("NullAway") // An entry of which no line can be made.
  void anEntryWithoutALineLeavesOutNoOther() throws IOException {
    JournalEntry entry = Entries.success("a");
    List<Integer> failed = new ArrayList<>();
    List<JournalEntry> entries = new ArrayList<>(Collections.nCopies(600, entry));
    entries.set(1, null);
    entries.set(400, null);
    try (Journal journal = Journal.open(path)) {
      journal.appendAll(entries, (e, i) -> failed.add(i));
      journal.append(entry);
    }
    assertEquals(List.of(1, 400), failed);
    assertEquals(599, entries().size());
  }
}
