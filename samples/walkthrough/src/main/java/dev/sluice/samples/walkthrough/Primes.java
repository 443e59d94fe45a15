package dev.sluice.samples.walkthrough;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * CPU-bound work: another thread does not make it faster, more processors do. Python needs a pool
 * of processes for that, since one of its threads at a time runs Python code. Java needs only
 * threads. Work for more than one machine needs a task queue or a cluster in both languages.
 */
@Command(
    name = "primes",
    description = "Checks large primes: on the event loop, on one other thread, on all processors.")
public final class Primes extends SampleCommand {
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

  /** A number, and whether it is prime. */
  record CheckedNumber(long number, boolean prime) {
    static CheckedNumber of(long number) {
      return new CheckedNumber(number, isPrime(number));
    }

    @Override
    public String toString() {
      return number + (prime ? " is prime" : " is not prime");
    }
  }

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = OptionTypes.OneToThousand.class,
      description = "How many threads compute in parallel; without it, one per processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  public static void main(String... args) {
    launch(new Primes(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.fromAction(
        () -> {
          Flowable<CheckedNumber> printed = inline().doOnNext(n -> context.print(n.toString()));
          double inline = time("inline", printed, context);
          double other = time("on computation", onComputation(), context);
          double all = time("parallel(" + threads + ")", parallel(threads), context);
          context.print("speed-up on computation: " + ratio(inline, other));
          context.print(
              String.format(
                  Locale.ROOT, "speed-up of parallel(%d): %s", threads, ratio(inline, all)));
        });
  }

  /** On the subscribing thread, which is blocked meanwhile. */
  static Flowable<CheckedNumber> inline() {
    return Flowable.fromIterable(NUMBERS).map(CheckedNumber::of);
  }

  /** On one other thread: the subscribing thread is free, but the work takes as long. */
  static Flowable<CheckedNumber> onComputation() {
    return inline().subscribeOn(Schedulers.computation());
  }

  /** {@code ProcessPoolExecutor}. With a prefetch of 1, an idle thread takes the next number. */
  static Flowable<CheckedNumber> parallel(int threads) {
    return Flowable.fromIterable(NUMBERS)
        .parallel(threads, 1)
        .runOn(Schedulers.computation(), 1)
        .map(CheckedNumber::of)
        .sequential();
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

  private static double time(String name, Flowable<CheckedNumber> checks, SampleContext context) {
    var elapsed = context.stopwatch();
    long primes = checks.filter(CheckedNumber::prime).count().blockingGet();
    context.print(String.format(Locale.ROOT, "%s: %d primes in %s", name, primes, elapsed));
    return elapsed.seconds();
  }

  static String ratio(double sequential, double other) {
    return String.format(Locale.ROOT, "%.1f", sequential / other);
  }
}
