package dev.sluice.journal;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Phase;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.Retry;
import dev.sluice.Window;
import io.reactivex.rxjava3.core.Flowable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The figures of reports and plans, against examples that were computed by hand. */
@Timeout(30)
final class RunReportTest {
  private static final int PERMITS = 5;
  private static final Duration BODY = ofMillis(100);

  private static JournalEntry entry(
      String lane, Instant start, Map<Phase, Duration> phases, @Nullable JournalError error) {
    return entry(lane, PERMITS, start, phases, error);
  }

  private static JournalEntry entry(
      String lane,
      int permits,
      Instant start,
      Map<Phase, Duration> phases,
      @Nullable JournalError error) {
    Duration took = phases.values().stream().reduce(Duration.ZERO, Duration::plus);
    return new JournalEntry(
        lane + "/" + start,
        error == null ? JournalVerdict.SUCCESS : JournalVerdict.FAILURE,
        1,
        200,
        null,
        1_000,
        null,
        null,
        lane,
        permits,
        start,
        took,
        new PhaseTimes(phases),
        error);
  }

  /** All keys start together; five at a time have a permit, for 100 ms. */
  private static List<JournalEntry> rounds(int rounds, String lane, Instant start) {
    List<JournalEntry> entries = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Map<Phase, Duration> phases = Map.of(Phase.LANE, BODY.multipliedBy(round), Phase.BODY, BODY);
      for (int i = 0; i < PERMITS; i++) {
        entries.add(entry(lane, start, phases, null));
      }
    }
    return entries;
  }

  private static RunReport report(List<JournalEntry> entries) {
    return RunReport.of(Flowable.fromIterable(entries)).blockingGet();
  }

  private static void assertNear(Duration expected, Duration actual) {
    assertTrue(
        actual.minus(expected).abs().multipliedBy(1_000).compareTo(expected) <= 0,
        () -> expected + " or a thousandth more or less, and not " + actual);
  }

  @Test
  void tenRoundsOfFivePermits() {
    RunReport report = report(rounds(10, "h1", Entries.START));
    // Waits: 5 × (0 + 100 + … + 900) ms = 22.5 s; bodies: 50 × 100 ms = 5 s. 22.5 / 27.5 = 82 %.
    assertEquals(
        "82 % of the time went into waiting for 5 permits on h1, and 100 % of the rest into"
            + " receiving bodies on h1",
        report.bottleneck());
    assertEquals(ofMillis(27_500), report.total());
    assertEquals(ofSeconds(1), report.elapsed());
    assertEquals(PERMITS, report.peakInFlight());
    assertEquals(Map.of(JournalVerdict.SUCCESS, 50L), report.counts());
    assertEquals(50.0, report.outcomesPerSecond(), 0.01);
    assertEquals(50_000.0, report.bytesPerSecond(), 0.01);
    TimeSpread waits = report.phases().get(Phase.LANE);
    assertTrue(waits != null);
    assertEquals(45, waits.count());
    assertEquals(ofMillis(22_500), waits.total());
    // Of 45 waits, five each of 100 to 900 ms: the 23rd, the 43rd and the 45th.
    assertNear(ofMillis(500), waits.p50());
    assertNear(ofMillis(900), waits.p95());
    assertNear(ofMillis(900), waits.p99());
    LaneTimes lane = report.lanes().get(0);
    assertEquals("h1", lane.lane());
    assertEquals(50, lane.outcomes());
    assertEquals(ofMillis(27_500), lane.total());
  }

  @Test
  void noMoreKeysAreInFlightThanThereArePermits() {
    List<JournalEntry> entries = new ArrayList<>();
    // Two attempts each, of which the first came before the waits of the others' second ones.
    for (int i = 0; i < 50; i++) {
      Map<Phase, Duration> phases = Map.of(Phase.LANE, ofMillis(10L * i), Phase.BODY, ofSeconds(1));
      entries.add(entry("h1", Entries.START, phases, null));
    }
    entries.remove(0);
    assertEquals(PERMITS, report(entries).peakInFlight());
    entries.add(entry("h2", Entries.START, Map.of(Phase.BODY, ofSeconds(1)), null));
    assertEquals(50, report(entries).peakInFlight());
  }

  @Test
  void aPauseBetweenTwoRunsIsNoPartOfTheTime() {
    List<JournalEntry> entries = rounds(2, "h1", Entries.START);
    entries.addAll(rounds(3, "h1", Entries.START.plus(ofHours(5))));
    RunReport report = report(entries);
    Duration tolerance = ofSeconds(1);
    assertTrue(report.elapsed().compareTo(ofMillis(500)) >= 0, report.elapsed()::toString);
    assertTrue(report.elapsed().compareTo(tolerance) <= 0, report.elapsed()::toString);
  }

  @Test
  void theOrderOfTheLinesDoesNotMatter() {
    List<JournalEntry> entries = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      // Each lasts 10 s, and one starts every second: ten at a time.
      entries.add(
          entry(
              "h" + i % 3,
              Entries.START.minus(ofSeconds(i * 7919L % 1_000)),
              Map.of(Phase.FIRST_BYTE, ofSeconds(10)),
              null));
    }
    RunReport report = report(entries);
    assertEquals(ofSeconds(1_009), report.elapsed());
    assertEquals(10, report.peakInFlight());
    assertEquals(
        "100 % of the time went into waiting for the first byte on 3 lanes, the most on h0",
        report.bottleneck());
  }

  @Test
  void errorsAreCountedByKindAndLateOnesHaveTheirKey() {
    JournalError timeout = new JournalError("DeadlineException", "late", true);
    List<JournalEntry> entries = rounds(1, "h1", Entries.START);
    entries.add(entry("h1", Entries.START, Map.of(Phase.BODY, BODY), timeout));
    entries.add(entry("h1", Entries.START, Map.of(Phase.BODY, BODY), timeout));
    entries.add(
        entry("h1", Entries.START, Map.of(), new JournalError("DiskException", "full", false)));
    JournalEntry late = JournalCodec.ofText().late("key", new IllegalStateException("a bug"));
    entries.add(late);
    RunReport report = report(entries);
    assertEquals(Map.of(JournalVerdict.SUCCESS, 5L, JournalVerdict.FAILURE, 3L), report.counts());
    assertEquals(
        List.of("DeadlineException", "DiskException"), List.copyOf(report.errors().keySet()));
    assertEquals(List.of(late), report.lateErrors());
    assertEquals(3, report.lanes().get(0).failures());
    assertEquals(8, report.outcomes());
  }

  @Test
  void anEmptyReportHasNoSentence() {
    RunReport report = report(List.of());
    assertEquals("", report.bottleneck());
    assertEquals(Duration.ZERO, report.elapsed());
    assertEquals(0, report.peakInFlight());
    assertEquals(0, report.outcomesPerSecond());
  }

  /** As a hedged key: two attempts of 200 ms side by side, in 220 ms. */
  private static JournalEntry hedged() {
    JournalEntry one =
        entry(
            "h1",
            Entries.START,
            Map.of(Phase.PERMIT, ofMillis(20), Phase.BODY, ofMillis(400)),
            null);
    return new JournalEntry(
        one.key(),
        one.verdict(),
        2,
        one.status(),
        null,
        one.bytes(),
        null,
        null,
        one.lane(),
        PERMITS,
        one.start(),
        ofMillis(220),
        one.phases(),
        null);
  }

  @Test
  void attemptsSideBySideAreNotMoreThanAllOfTheTime() {
    RunReport report = report(List.of(hedged(), hedged()));
    assertEquals("95 % of the time went into receiving bodies on h1", report.bottleneck());
    assertEquals(400 / 420.0, report.share(Phase.BODY), 1e-9);
    assertEquals(20 / 420.0, report.share(Phase.PERMIT), 1e-9);
    assertEquals(0, report.share(Phase.DNS));
    assertEquals(ofMillis(440), report.total());
  }

  @Test
  void lanesWithDifferentPermitsHaveNoNumberInCommon() {
    Map<Phase, Duration> wait = Map.of(Phase.LANE, ofSeconds(1));
    List<JournalEntry> entries = new ArrayList<>();
    entries.add(entry("h1", 5, Entries.START, wait, null));
    entries.add(entry("h2", 5, Entries.START, wait, null));
    assertEquals(
        "100 % of the time went into waiting for 5 permits each on 2 lanes, the most on h1",
        report(entries).bottleneck());
    entries.add(entry("h3", 3, Entries.START, wait, null));
    assertEquals(
        "100 % of the time went into waiting for permits on 3 lanes, the most on h1",
        report(entries).bottleneck());
  }

  @Test
  void shortAttemptsAtOnceAreCountedAlsoInALongRun() {
    JournalEntry alone = entry("h1", Entries.START, Map.of(Phase.BODY, ofMillis(5)), null);
    Instant later = Entries.START.plus(ofMinutes(50));
    List<JournalEntry> entries = new ArrayList<>();
    entries.add(alone);
    assertEquals(1, report(entries).peakInFlight());
    entries.add(entry("h1", later, Map.of(Phase.BODY, ofMillis(5)), null));
    assertEquals(1, report(entries).peakInFlight());
    for (int i = 0; i < 50; i++) {
      entries.add(entry("h1", later.plusMillis(10), Map.of(Phase.BODY, ofMillis(5)), null));
    }
    assertEquals(50, report(entries).peakInFlight());
    entries.add(0, entries.remove(entries.size() - 1));
    assertEquals(50, report(entries).peakInFlight());
    for (int i = 0; i < 5_000; i++) {
      // One after another, in the same moment of a long run.
      Instant next = later.plusSeconds(60).plusMillis(5L * i);
      entries.add(entry("h1", next, Map.of(Phase.BODY, ofMillis(5)), null));
    }
    assertEquals(50, report(entries).peakInFlight());
    assertEquals(1, report(entries.subList(60, entries.size())).peakInFlight());
  }

  @Test
  void theTimeOfARunIsNotLongerThanThatOfItsKeys() {
    Map<Phase, Duration> body = Map.of(Phase.BODY, ofMillis(1));
    RunReport report =
        report(
            List.of(
                entry("h1", Entries.START, body, null),
                entry("h1", Entries.START.plus(ofMinutes(30)), body, null)));
    assertEquals(ofMillis(2), report.elapsed());
  }

  @Test
  void aPlanKnowsTheWindow() {
    Plan plan = new Plan(Map.of("a", 10L), Policy.limit(5).withWindow(Window.of(2)));
    assertEquals(ofSeconds(5), plan.leastTime(ofSeconds(1)));
    assertEquals(Duration.ZERO, plan.leastTime());
  }

  @Test
  void aPlanCountsItemsAndTheLeastTime() {
    Policy policy =
        Policy.of(Limiter.of(10, Lanes.limit(2).withRate(Rate.of(10, ofSeconds(10)))))
            .withRetry(Retry.upTo(3));
    Plan plan =
        Plan.of(Flowable.range(0, 120), key -> key % 4 == 0 ? "h2" : "h1", policy).blockingGet();
    assertEquals(Map.of("h2", 30L, "h1", 90L), plan.lanes());
    assertEquals(120, plan.items());
    assertEquals(360, plan.mostRequests());
    // One a second and 2 % more: 89 intervals of 1.02 s.
    assertEquals(ofMillis(90_780), plan.leastTime());
    // Two at a time on h1, 45 rounds.
    assertEquals(ofMinutes(45), plan.leastTime(ofMinutes(1)));
    Plan unbound = new Plan(plan.lanes(), Policy.limit(7));
    assertEquals(Duration.ZERO, unbound.leastTime());
    assertEquals(ofSeconds(18), unbound.leastTime(ofSeconds(1)));
  }

  @Test
  void aPlanKnowsTheRateOfAllLanes() {
    Lanes lanes = Lanes.limit(5).withTotalRate(Rate.perSecond(100).withBurst(20));
    Plan plan = new Plan(Map.of("a", 60L, "b", 60L), Policy.of(Limiter.of(5, lanes)));
    // 100 intervals of 10.2 ms.
    assertEquals(ofMillis(1_020), plan.leastTime());
  }

  @Test
  void aPlanThatIsTooLongTakesForever() {
    Lanes lanes = Lanes.limit(1).withRate(Rate.parse("1/999999h"));
    Plan slow = new Plan(Map.of("h1", 12L), Policy.of(Limiter.of(1, lanes)));
    assertEquals(Policy.FOREVER, slow.leastTime());
    assertEquals(Policy.FOREVER, slow.leastTime(ofMillis(100)));

    Policy policy = Policy.limit(2).withRetry(Retry.upTo(3));
    Plan many = new Plan(Map.of("h1", Long.MAX_VALUE, "h2", 1L), policy);
    assertEquals(Long.MAX_VALUE, many.items());
    assertEquals(Long.MAX_VALUE, many.mostRequests());
    assertEquals(Duration.ZERO, many.leastTime());
    assertEquals(Policy.FOREVER, many.leastTime(ofSeconds(10)));
  }
}
