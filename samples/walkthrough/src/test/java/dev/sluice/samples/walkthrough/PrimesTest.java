package dev.sluice.samples.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.samples.walkthrough.Primes.CheckedNumber;
import io.reactivex.rxjava3.core.Flowable;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrimesTest {
  /** Checked by another algorithm, with an error probability of 2^-100. */
  private static final List<CheckedNumber> KNOWN =
      Primes.NUMBERS.stream()
          .map(n -> new CheckedNumber(n, BigInteger.valueOf(n).isProbablePrime(100)))
          .toList();

  @Test
  void inlineChecksInOrder() {
    assertEquals(KNOWN, checked(Primes.inline()));
  }

  @Test
  void oneOtherThreadChecksInOrder() {
    assertEquals(KNOWN, checked(Primes.onComputation()));
  }

  @Test
  void parallelChecksEveryNumber() {
    List<CheckedNumber> checked =
        checked(Primes.parallel(2).sorted(Comparator.comparing(CheckedNumber::number)));
    assertEquals(KNOWN, checked);
  }

  @Test
  void checksSmallAndNegativeNumbers() {
    Flowable.range(-3, 10_000)
        .blockingForEach(
            n ->
                assertEquals(
                    n > 1 && BigInteger.valueOf(n).isProbablePrime(100),
                    Primes.isPrime(n),
                    n::toString));
  }

  @Test
  void theSpeedUpIsTheSequentialTimeDividedByTheOther() {
    assertEquals("1.9", Primes.ratio(3.8, 2.0));
  }

  private static List<CheckedNumber> checked(Flowable<CheckedNumber> checks) {
    return checks.toList().blockingGet();
  }
}
