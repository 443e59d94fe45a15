package dev.sluice.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.IoSchedulers;
import dev.sluice.OutcomeLog;
import dev.sluice.Phase;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.RetryHint;
import dev.sluice.Timings;
import dev.sluice.Work;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Journals that no run of this library has written, or in which months lie between two runs. */
@Timeout(30)
class StrangeJournalTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"attempts\":1 | \"attempts\":-1 | attempts: -1, allowed are 0 to 2147483647",
        "\"status\":200 | \"status\":4294967496 | status: 4294967496, allowed are 0 to 2147483647",
        "\"permits\":5 | \"permits\":-5 | permits: -5, allowed are 0 to 2147483647",
        "\"bytes\":10240 | \"bytes\":-1 | bytes: -1, allowed are 0 to 9223372036854775807",
        "\"total\":30000 | \"total\":-5 | total: -5, allowed are 0 to 31536000000000",
        "\"permit\":10000 | \"permit\":9223372036854775807 | permit: 9223372036854775807, allowed",
        "2026-11-29T | +999999999-11-29T | start: \"+999999999-11-29T12:00:00.123456Z\" is not a",
      })
  void numbersThatNoRunHasAreRefused(String field, String other, String message)
      throws IOException {
    String line = new String(Journal.line(Entries.success("a")), UTF_8);
    assertTrue(line.contains(field), line);
    Path path = Files.writeString(file(), line.replace(field, other));

    IOException refused = assertThrows(JournalException.class, () -> JournalIndex.of(path));

    String start = "journal " + path + ", line 1: " + message;
    assertTrue(String.valueOf(refused.getMessage()).startsWith(start), refused::getMessage);
  }

  @Test
  void sumsOfBytesDoNotOverflow() {
    JournalEntry most = entry("a", Duration.ZERO, Long.MAX_VALUE);
    assertEquals(Long.MAX_VALUE, report(List.of(most, most)).bytes());
  }

  @Test
  void runsThatAreMonthsApartKeepTheirTimes() {
    List<JournalEntry> entries = new ArrayList<>();
    for (int run = 0; run < 12; run++) {
      for (int i = 0; i < 100; i++) {
        // Each lasts 30 ms, 20 of them with a permit, and one starts every 10 ms.
        entries.add(entry(run + "/" + i, Duration.ofDays(30L * run).plusMillis(10L * i), 1));
      }
    }
    RunReport report = report(entries);
    assertEquals(2, report.peakInFlight());
    Duration off = report.elapsed().minus(ofMillis(12 * 1_020)).abs();
    assertTrue(off.compareTo(ofSeconds(1)) < 0, report.elapsed()::toString);
    assertEquals(Entries.START, report.firstStart());
  }

  /** It has no whole line, but is not torn either. */
  @ParameterizedTest
  @ValueSource(strings = {"hello", "{\"v\":2,\"key\":\"a", "\u001f\u008b"})
  void aFileOfOnePieceIsNoJournal(String text) throws IOException {
    Path path = Files.writeString(file(), text);
    assertNoJournal(path);
    assertEquals(text, Files.readString(path));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/zero")
  void aFileWithoutAnEndIsNoJournal() {
    assertNoJournal(Path.of("/dev/zero"));
  }

  private static void assertNoJournal(Path path) {
    String message = "journal " + path + ": the file is no journal of version 1";
    Journal.read(path)
        .test()
        .assertError(JournalException.class)
        .assertError(e -> message.equals(e.getMessage()));
  }

  @Test
  void theFirstLineOfARunThatWasKilledIsTorn() throws IOException {
    byte[] line = Journal.line(Entries.success("a".repeat(100_000)));
    for (int length : new int[] {0, 1, 7, 8, 20, 90_000, line.length - 1}) {
      Path path = Files.write(file(), Arrays.copyOf(line, length));
      List<TornLine> torn = new ArrayList<>();
      assertEquals(0, Journal.read(path, torn::add).count().blockingGet());
      assertEquals(length == 0 ? 0 : 1, torn.size());
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "mkfifo")
  void aPipeIsNoJournal() throws Exception {
    Path pipe = file();
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());

    IOException written = assertThrows(JournalException.class, () -> Journal.open(pipe));
    assertEquals("journal " + pipe + ": a pipe cannot be one", written.getMessage());
    IOException read = assertThrows(JournalException.class, () -> JournalIndex.of(pipe));
    assertEquals(
        "journal " + pipe + ": not a regular file, and it is read more than once",
        read.getMessage());
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(List.of(pipe), all.toList());
    }
  }

  @Test
  @SuppressWarnings("NullAway") // A function of a user may return null.
  void aCodecWithoutNotesIsNamed() {
    JournalCodec<String, String> codec =
        JournalCodec.<String>ofText().withValues((String value) -> null);
    Pipeline.of(Policy.limit(1), (String key) -> Maybe.just("v"))
        .journalled(RunReport.builder(), codec)
        .runAll(Flowable.just("k"))
        .test()
        .awaitDone(10, SECONDS)
        .assertError(e -> "the notes of a value".equals(e.getMessage()));
  }

  /**
   * The clock of RxJava's own schedulers is the wall clock, which may be set while a run goes on.
   */
  private static final class SetClock extends Scheduler {
    private final AtomicLong shift = new AtomicLong();

    @Override
    public Worker createWorker() {
      return Schedulers.trampoline().createWorker();
    }

    @Override
    public long now(TimeUnit unit) {
      return unit.convert(Entries.START.toEpochMilli() + shift.get(), MILLISECONDS);
    }
  }

  /** The outcomes of a run whose clock is set by this time in an attempt. */
  private static void runWhoseClockIsSet(Duration by, OutcomeLog<JournalEntry> log) {
    SetClock clock = new SetClock();
    Policy policy = Policy.limit(1).withSchedulers(IoSchedulers.shared().withTimer(clock));
    Work<String, String> work =
        key -> {
          clock.shift.addAndGet(key.equals("b") ? by.toMillis() : 0);
          return Maybe.just(key);
        };
    Pipeline.of(policy.withAttemptTimeout(Policy.FOREVER), work)
        .journalled(log, JournalCodec.ofText())
        .runAll(Flowable.just("a", "b", "c"))
        .test()
        .awaitDone(10, SECONDS)
        .assertValueCount(3)
        .assertComplete();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT-1H", "P366D", "P36600D", "P-36600D"})
  void aRunWhoseClockIsSetCanBeRead(String by) throws IOException {
    try (Journal journal = Journal.open(file())) {
      runWhoseClockIsSet(Duration.parse(by), journal);
    }
    assertEquals(3, JournalIndex.of(file()).done());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT-1H", "P366D"})
  void aRunWhoseClockIsSetCanBeReported(String by) {
    RunReport.Builder report = RunReport.builder();
    runWhoseClockIsSet(Duration.parse(by), report);
    assertEquals(3, report.build().outcomes());
  }

  @Test
  void aStatusBelowZeroIsNone() throws IOException {
    Work<String, String> work =
        Work.blocking(
            key -> {
              Timings timings = requireNonNull(Timings.current());
              timings.answered(-1);
              timings.received(-100);
              return key;
            });
    try (Journal journal = Journal.open(file())) {
      Pipeline.of(Policy.limit(1), work)
          .journalled(journal, JournalCodec.<String>ofText())
          .runAll(Flowable.just("a"))
          .test()
          .awaitDone(10, SECONDS)
          .assertComplete();
    }
    assertEquals(1, JournalIndex.of(file()).done());
  }

  @Test
  void aLongMessageIsCutBetweenCharacters() throws IOException {
    String fish = "\ud83d\udc1f";
    for (String begin : new String[] {"", "a"}) {
      IOException cause = new IOException(begin + fish.repeat(10_500_000));
      Files.write(file(), Journal.line(JournalEntry.ofError("a", JournalVerdict.FAILURE, cause)));
      String message = requireNonNull(Journal.read(file()).blockingFirst().error()).message();
      assertTrue(message.startsWith(begin + fish), "begins as the message does");
      assertTrue(message.endsWith(fish + "…"), "no half of a character");
      assertTrue(message.length() <= 65_536, () -> "length: " + message.length());
    }
  }

  @Test
  void aLongKeyIsReadAsItWasWritten() throws IOException {
    JournalEntry entry = Entries.success("k".repeat(21_000_000));
    Files.write(file(), Journal.line(entry));
    assertEquals(entry, Journal.read(file()).blockingFirst());
  }

  /** Whatever entry is made, its line is one that the reader takes, and means the same. */
  @Test
  void linesOfExtremeEntriesCanBeRead() throws IOException {
    Random random = new Random(612);
    List<JournalEntry> entries = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      entries.add(extreme(random));
    }
    try (Journal journal = Journal.open(file())) {
      for (JournalEntry entry : entries) {
        journal.append(entry);
      }
    }
    List<JournalEntry> read = Journal.read(file()).toList().blockingGet();
    assertEquals(entries.size(), read.size());
    assertTrue(!report(read).elapsed().isNegative());
    for (int i = 0; i < entries.size(); i++) {
      assertEquals(
          new String(Journal.line(entries.get(i)), UTF_8),
          new String(Journal.line(read.get(i)), UTF_8));
    }
  }

  private static JournalEntry extreme(Random random) {
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      if (random.nextBoolean()) {
        phases.put(phase, extremeTime(random));
      }
    }
    JournalVerdict[] verdicts = JournalVerdict.values();
    return new JournalEntry(
        extremeText(random),
        verdicts[random.nextInt(verdicts.length)],
        (int) extremeNumber(random),
        (int) extremeNumber(random),
        extremeText(random),
        extremeNumber(random),
        random.nextBoolean() ? null : extremeText(random),
        random.nextBoolean() ? null : extremeText(random),
        random.nextBoolean() ? null : extremeText(random),
        (int) extremeNumber(random),
        extremeStart(random),
        extremeTime(random),
        new PhaseTimes(phases),
        random.nextBoolean() ? null : new JournalError(extremeText(random), "m", true));
  }

  private static long extremeNumber(Random random) {
    long[] numbers = {
      0, 1, -1, -2, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
    };
    int choice = random.nextInt(numbers.length + 1);
    return choice == numbers.length ? random.nextLong() : numbers[choice];
  }

  private static Duration extremeTime(Random random) {
    return random.nextInt(4) == 0
        ? Duration.ofNanos(extremeNumber(random))
        : Duration.ofSeconds(extremeNumber(random), random.nextInt(1_000_000_000));
  }

  private static Instant extremeStart(Random random) {
    Instant[] starts = {
      Instant.MIN,
      Instant.MAX,
      Instant.EPOCH,
      Instant.parse("-0001-12-31T23:59:59.999999999Z"),
      Instant.parse("0000-01-01T00:00:00Z"),
      Instant.parse("9999-12-31T23:59:59.999999999Z"),
      Instant.parse("+10000-01-01T00:00:00Z")
    };
    return starts[random.nextInt(starts.length)];
  }

  private static String extremeText(Random random) {
    String[] texts = {"", "a", "\ud83d", "\udc1f", "\u0000", "\n", "\"", "\\", "\u2028", "\uffff"};
    return texts[random.nextInt(texts.length)] + texts[random.nextInt(texts.length)];
  }

  private Path file() {
    return folder.resolve("run.ndjson");
  }

  private static JournalEntry entry(String key, Duration after, long bytes) {
    JournalEntry usual = Entries.success(key);
    return new JournalEntry(
        key,
        usual.verdict(),
        usual.attempts(),
        usual.status(),
        null,
        bytes,
        null,
        null,
        usual.lane(),
        usual.permits(),
        usual.start().plus(after),
        usual.took(),
        usual.phases(),
        null);
  }

  private static RunReport report(List<JournalEntry> entries) {
    return RunReport.of(Flowable.fromIterable(entries)).blockingGet();
  }

  /** An exception of foreign code that throws when it is asked for anything. */
  private static final class Stubborn extends IOException implements RetryHint {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }

    @Override
    public boolean isTransient() {
      throw new IllegalStateException("no hint");
    }
  }

  @Test
  void anExceptionThatTellsNothingFailsItsKeyOnly() throws IOException {
    Work<String, String> work =
        key -> key.equals("b") ? Maybe.error(new Stubborn()) : Maybe.just(key);
    try (Journal journal = Journal.open(file())) {
      Pipeline.of(Policy.limit(1), work)
          .journalled(journal, JournalCodec.<String>ofText())
          .runAll(Flowable.just("a", "b", "c"))
          .test()
          .awaitDone(10, SECONDS)
          .assertValueCount(3)
          .assertComplete();
    }
    List<JournalEntry> read = Journal.read(file()).toList().blockingGet();
    assertEquals(
        List.of(new JournalError("Stubborn", Stubborn.class.getName(), false)),
        read.stream().filter(entry -> entry.key().equals("b")).map(JournalEntry::error).toList());
  }

  @Test
  void theFirstYearAndTheLastCanBeReported() {
    Duration toFirst = Duration.between(Entries.START, Instant.parse("0000-01-01T00:00:00Z"));
    Duration toLast = Duration.between(Entries.START, Instant.parse("9999-12-31T00:00:00Z"));
    RunReport report = report(List.of(entry("a", toFirst, 1), entry("b", toLast, 1)));
    assertEquals(Instant.parse("0000-01-01T00:00:00Z"), report.firstStart());
    assertEquals(Instant.parse("9999-12-31T00:00:00.030Z"), report.lastEnd());
    assertTrue(report.outcomesPerSecond() > 0);
  }

  @Test
  void sumsOfTimesDoNotOverflow() {
    Duration year = Duration.ofDays(365);
    JournalEntry usual = Entries.success("a");
    JournalEntry entry =
        new JournalEntry(
            "a",
            usual.verdict(),
            1,
            0,
            null,
            -1,
            null,
            null,
            "h1",
            0,
            usual.start(),
            year,
            new PhaseTimes(Map.of(Phase.ATTEMPT, year)),
            null);
    RunReport report = report(Collections.nCopies(300, entry));
    Duration all = year.multipliedBy(300);
    assertEquals(all, report.total());
    assertEquals(all, report.took().total());
    assertEquals(all, report.lanes().get(0).total());
    assertEquals(all, report.lanes().get(0).phases().of().get(Phase.ATTEMPT));
    assertEquals(1.0, report.share(Phase.ATTEMPT));
    assertEquals("100 % of the time went into attempts on h1", report.bottleneck());
  }
}
