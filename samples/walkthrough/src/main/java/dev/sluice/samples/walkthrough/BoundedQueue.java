package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.processors.MulticastProcessor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code asyncio.Queue(maxsize)}: a full queue suspends its producers, and no item is lost. */
@Command(name = "queue", description = "Producers and consumers with a bounded queue between them.")
public final class BoundedQueue extends TimeScaledCommand {
  @Option(
      names = "--items",
      defaultValue = "20",
      converter = OptionTypes.ZeroToBillion.class,
      description = "How many items each producer makes.")
  private int items;

  @Option(
      names = "--capacity",
      defaultValue = "4",
      converter = OptionTypes.OneToThousand.class,
      description = "How many items the queue holds.")
  private int capacity;

  @Option(
      names = "--producers",
      defaultValue = "2",
      converter = OptionTypes.OneToThousand.class,
      description = "How many producers.")
  private int producers;

  @Option(
      names = "--consumers",
      defaultValue = "3",
      converter = OptionTypes.OneToThousand.class,
      description = "How many consumers.")
  private int consumers;

  @Option(
      names = "--work",
      defaultValue = "300ms",
      converter = OptionTypes.UpToOneHour.class,
      description = "How long a consumer takes for one item.")
  private Duration work = Duration.ZERO;

  public static void main(String... args) {
    launch(new BoundedQueue(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.defer(() -> new QueueRun(context).run());
  }

  /** One run and its counters. */
  private final class QueueRun {
    private final AtomicLong put = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong consumed = new AtomicLong();
    private final AtomicLong mostQueued = new AtomicLong();
    private final SampleContext context;

    QueueRun(SampleContext context) {
      this.context = context;
    }

    /** The queue requests as many items from the producers as it has free places. */
    Completable run() {
      var elapsed = context.stopwatch();
      MulticastProcessor<Integer> queue = MulticastProcessor.create(capacity, true);
      return consume(queue)
          .mergeWith(Completable.fromAction(() -> produce().subscribe(queue)))
          .doOnComplete(() -> context.print(put + " put, " + consumed + " consumed"))
          .doOnComplete(() -> context.print("at most " + mostQueued + " queued, in " + elapsed));
    }

    private Flowable<Integer> produce() {
      return Flowable.range(0, producers)
          .flatMap(p -> Flowable.range(0, items).subscribeOn(context.io()), false, producers, 1)
          .doOnNext(
              i -> mostQueued.accumulateAndGet(put.incrementAndGet() - taken.get(), Math::max))
          .doOnNext(i -> context.trace("item " + put + " starts"));
    }

    private Completable consume(Flowable<Integer> queue) {
      return queue
          .doOnNext(item -> taken.incrementAndGet())
          .observeOn(context.loop(), false, 1)
          .flatMapCompletable(
              item ->
                  work()
                      .doOnComplete(
                          () -> context.trace("item " + consumed.incrementAndGet() + " ends")),
              false,
              consumers);
    }

    private Completable work() {
      return work.isZero()
          ? Completable.complete()
          : Completable.timer(work.toNanos(), NANOSECONDS, context.loop());
    }
  }
}
