package dev.sluice.samples.walkthrough;

import dev.sluice.samples.Main;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Work for the processor: waiting overlaps for nothing, computing only on other processors. */
@Command(
    name = "primes",
    description = "Checks large primes: inline, on one other thread, on all processors.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class Primes extends SampleCommand {
  /** Mostly large primes: only after every divisor has been tried is a number known for one. */
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

  /** A number and what was found. */
  record CheckedNumber(long number, boolean prime) {
    static CheckedNumber of(long number) {
      return new CheckedNumber(number, isPrime(number));
    }
  }

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = OptionTypes.Count.class,
      description = "How many compute in parallel. Default: as many as processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  public static void main(String... args) {
    Main.sample("primes", args);
  }

  @Override
  Completable run(SampleContext stage) {
    return Completable.fromAction(
        () -> {
          double inline = time("inline", inline().doOnNext(check -> say(check, stage)), stage);
          double other = time("on computation", onComputation(), stage);
          double all = time("parallel(" + threads + ")", parallel(threads), stage);
          stage.say("speed-up on computation: " + ratio(inline, other));
          stage.say("speed-up of parallel(%d): %s".formatted(threads, ratio(inline, all)));
        });
  }

  /** On the thread that asks, which does nothing else meanwhile. */
  static Flowable<CheckedNumber> inline() {
    return Flowable.fromIterable(NUMBERS).map(CheckedNumber::of);
  }

  /** Elsewhere, but still on one thread: nobody waits, and it takes as long. */
  static Flowable<CheckedNumber> onComputation() {
    return inline().subscribeOn(Schedulers.computation());
  }

  /** Each rail takes the next number when it is through with one, hence the prefetch of 1. */
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

  private static double time(String name, Flowable<CheckedNumber> checks, SampleContext stage) {
    var elapsed = stage.stopwatch();
    long primes = checks.filter(CheckedNumber::prime).count().blockingGet();
    stage.say("%s: %d primes in %s".formatted(name, primes, elapsed));
    return elapsed.seconds();
  }

  static String ratio(double sequential, double other) {
    return String.format(Locale.ROOT, "%.1f", sequential / other);
  }

  private static void say(CheckedNumber check, SampleContext stage) {
    stage.say(check.number() + (check.prime() ? " is prime" : " is not prime"));
  }
}
