package dev.sluice.samples.walkthrough;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.processors.PublishProcessor;
import java.util.List;
import picocli.CommandLine.Command;

/**
 * Coroutines made of generators: {@code send} becomes a processor with {@code scan} behind it,
 * {@code yield from} becomes {@code concat}, and a {@code return} value becomes a {@code Single}.
 */
@Command(
    name = "classic",
    description = "Generator-based coroutines: send (running average), yield from, return.")
public final class Classic extends TimeScaledCommand {
  public static void main(String... args) {
    launch(new Classic(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.concatArray(
        WorkLog.scene("send", context, Classic::send),
        WorkLog.scene("yield from", context, Classic::yieldFrom),
        WorkLog.scene("return of a generator", context, Classic::generatorReturn));
  }

  /** The state of the generator's local variables. */
  private record Average(double total, int count) {
    Average plus(int number) {
      return new Average(total + number, count + 1);
    }

    double value() {
      return total / count;
    }
  }

  private static Completable send(WorkLog log) {
    return Completable.fromAction(
        () -> {
          PublishProcessor<Integer> numbers = PublishProcessor.create();
          var averages = numbers.scan(new Average(0, 0), Average::plus).skip(1).test();
          for (int number : List.of(10, 30, 5)) {
            numbers.onNext(number);
            Average last = averages.values().get(averages.values().size() - 1);
            log.print("send(" + number + ") -> " + last.value());
          }
          numbers.onComplete();
        });
  }

  private static Completable yieldFrom(WorkLog log) {
    return Flowable.concat(Flowable.just("A", "B"), Flowable.just("C", "D"))
        .toList()
        .doOnSuccess(letters -> log.print("yielded: " + letters))
        .ignoreElement();
  }

  /** A stream has no return value: the result is a {@code Single} of its own. */
  private static Completable generatorReturn(WorkLog log) {
    Flowable<Integer> numbers =
        Flowable.just(1, 2).doOnNext(number -> log.print("yielded: " + number));
    Single<Integer> sum = numbers.reduce(0, Integer::sum);
    return sum.doOnSuccess(total -> log.print("returned: " + total)).ignoreElement();
  }
}
