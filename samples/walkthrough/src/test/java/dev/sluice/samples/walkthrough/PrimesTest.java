package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.testing.Run;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrimesTest {
  /** Checked by another algorithm, with an error probability of 2^-100. */
  private static final List<CheckedNumber> KNOWN =
      CheckedNumber.NUMBERS.stream()
          .map(n -> new CheckedNumber(n, BigInteger.valueOf(n).isProbablePrime(100)))
          .toList();

  @Test
  void inlineChecksInOrder() {
    assertEquals(KNOWN, checked(Primes.inline(CheckedNumber.NUMBERS)));
  }

  @Test
  void oneOtherThreadChecksInOrder() {
    assertEquals(KNOWN, checked(Primes.onComputation(CheckedNumber.NUMBERS)));
  }

  @Test
  void parallelChecksEveryNumber() {
    List<CheckedNumber> checked =
        checked(
            Primes.parallel(CheckedNumber.NUMBERS, 2)
                .sorted(Comparator.comparing(CheckedNumber::number)));
    assertEquals(KNOWN, checked);
  }

  @Test
  void checksSmallAndNegativeNumbers() {
    Flowable.range(-3, 10_000)
        .blockingForEach(
            n ->
                assertEquals(
                    n > 1 && BigInteger.valueOf(n).isProbablePrime(100),
                    CheckedNumber.isPrime(n),
                    n::toString));
  }

  @Test
  void comparesTheMedianWithTheFirst() {
    assertEquals("x: 2.00 s, 1.9 times as fast", PrimesTimes.line("x", 2, 3.8));
    assertEquals(2, PrimesTimes.median(List.of(3.0, 1.0, 2.0)));
  }

  @Test
  void theCommandPrintsTheNumbersAndAMedianForEachWay() {
    List<String> lines = Run.of("primes", "--numbers", "1", "--threads", "2").lines();
    assertEquals(4, lines.size(), lines::toString);
    assertEquals("2 is prime", lines.get(0));
    assertTrue(lines.get(3).matches("parallel\\(2\\): .* times as fast"), lines::toString);
  }

  @Test
  void pythonDoesTheSameWorkInThreeWays() throws Exception {
    PythonAsyncio.linesOf("rules.py", List.of()); // Ends the test where there is no Python.
    List<String> lines =
        VirtualTime.untimedLinesOf(
            context ->
                Completable.fromAction(
                    () -> PrimesTimes.ofPython(List.of(2L, 1_000_003L), 2, 1, context)));
    assertEquals(3, lines.size(), lines::toString);
    assertTrue(lines.get(2).startsWith("Python, 2 processes: "), lines::toString);
  }

  private static List<CheckedNumber> checked(Flowable<CheckedNumber> checks) {
    return checks.toList().blockingGet();
  }
}
