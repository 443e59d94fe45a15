package dev.sluice.samples.walkthrough;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
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
  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = OptionTypes.OneToThousand.class,
      description = "How many threads compute in parallel; without it, one per processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      converter = OptionTypes.OneToThousand.class,
      description = "How often each is measured, in turns and warm; the median is printed.")
  private int rounds;

  @Option(
      names = "--numbers",
      paramLabel = "N",
      converter = OptionTypes.OneToThousand.class,
      description = "Only the first N numbers, which are the smaller ones.")
  private int count = CheckedNumber.NUMBERS.size();

  @Option(
      names = "--python",
      description = "The same work in Python 3, sequential, in threads and in processes.")
  private boolean python;

  public static void main(String... args) {
    launch(new Primes(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.fromAction(
        () -> {
          List<Long> numbers =
              CheckedNumber.NUMBERS.subList(0, Math.min(count, CheckedNumber.NUMBERS.size()));
          inline(numbers).blockingForEach(number -> context.print(number.toString()));
          PrimesTimes times = new PrimesTimes(context);
          for (int round = 0; round < rounds; round++) {
            times.measure("inline", inline(numbers));
            times.measure("on computation", onComputation(numbers));
            times.measure("parallel(" + threads + ")", parallel(numbers, threads));
          }
          times.print();
          if (python) {
            PrimesTimes.ofPython(numbers, threads, rounds, context);
          }
        });
  }

  /** On the subscribing thread, which is blocked meanwhile. */
  static Flowable<CheckedNumber> inline(List<Long> numbers) {
    return Flowable.fromIterable(numbers).map(CheckedNumber::of);
  }

  /** On one other thread: the subscribing thread is free, but the work takes as long. */
  static Flowable<CheckedNumber> onComputation(List<Long> numbers) {
    return inline(numbers).subscribeOn(Schedulers.computation());
  }

  /** {@code ProcessPoolExecutor}. With a prefetch of 1, an idle thread takes the next number. */
  static Flowable<CheckedNumber> parallel(List<Long> numbers, int threads) {
    return Flowable.fromIterable(numbers)
        .parallel(threads, 1)
        .runOn(Schedulers.computation(), 1)
        .map(CheckedNumber::of)
        .sequential();
  }
}
