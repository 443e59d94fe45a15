package dev.sluice.samples.walkthrough;

import java.util.List;

/** A number, and whether it is prime. */
record CheckedNumber(long number, boolean prime) {
  /** Mostly large primes, which need a trial division by every smaller odd divisor. */
  static final List<Long> NUMBERS =
      List.of(
          2L,
          142702110479723L,
          299593572317531L,
          999999999999989L,
          1000000025191729L,
          3333333333333301L,
          3999999999999989L,
          5000004225861263L,
          5999999999999989L,
          7000003739300609L,
          7999999999999871L,
          8999999999999971L,
          9999997800000121L,
          9999999999999917L,
          9999999999999999L);

  static CheckedNumber of(long number) {
    return new CheckedNumber(number, isPrime(number));
  }

  static boolean isPrime(long number) {
    if (number < 3 || number % 2 == 0) {
      return number == 2;
    }
    for (long divisor = 3; divisor * divisor <= number; divisor += 2) {
      if (number % divisor == 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return number + (prime ? " is prime" : " is not prime");
  }
}
