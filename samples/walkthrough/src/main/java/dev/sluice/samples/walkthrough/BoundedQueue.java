package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.samples.Main;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.processors.MulticastProcessor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code asyncio.Queue(maxsize)}: who produces too much is held back, and nothing is lost. */
@Command(
    name = "queue",
    description = "Producers and consumers over a bounded queue.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    showDefaultValues = true)
public final class BoundedQueue extends TimeScaledCommand {
  @Option(
      names = "--items",
      defaultValue = "20",
      converter = OptionTypes.Items.class,
      description = "How many each producer makes.")
  private int items;

  @Option(
      names = "--capacity",
      defaultValue = "4",
      converter = OptionTypes.Count.class,
      description = "How many may wait in the queue.")
  private int capacity;

  @Option(
      names = "--producers",
      defaultValue = "2",
      converter = OptionTypes.Count.class,
      description = "How many.")
  private int producers;

  @Option(
      names = "--consumers",
      defaultValue = "3",
      converter = OptionTypes.Count.class,
      description = "How many.")
  private int consumers;

  @Option(
      names = "--work",
      defaultValue = "300ms",
      converter = OptionTypes.Delay.class,
      description = "How long a consumer takes for one item.")
  private Duration work = Duration.ZERO;

  public static void main(String... args) {
    Main.sample("queue", args);
  }

  @Override
  Completable run(SampleContext stage) {
    return Completable.defer(() -> new Flow(stage).run());
  }

  /** One run and its books. */
  private final class Flow {
    private final AtomicLong put = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong consumed = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private final SampleContext stage;

    Flow(SampleContext stage) {
      this.stage = stage;
    }

    /** The queue asks for as much as it has room for, and lets go of who puts when all leave. */
    Completable run() {
      var elapsed = stage.stopwatch();
      MulticastProcessor<Integer> queue = MulticastProcessor.create(capacity, true);
      return consume(queue)
          .mergeWith(Completable.fromAction(() -> produce().subscribe(queue)))
          .doOnComplete(() -> stage.say("%d put, %d consumed".formatted(put.get(), consumed.get())))
          .doOnComplete(
              () -> stage.say("at most %d waited, in %s".formatted(longest.get(), elapsed)));
    }

    private Flowable<Integer> produce() {
      return Flowable.range(0, producers)
          .flatMap(p -> Flowable.range(0, items).subscribeOn(stage.io()), false, producers, 1)
          .doOnNext(i -> longest.accumulateAndGet(put.incrementAndGet() - taken.get(), Math::max));
    }

    private Completable consume(Flowable<Integer> queue) {
      return queue
          .doOnNext(item -> taken.incrementAndGet())
          .observeOn(stage.clock(), false, 1)
          .flatMapCompletable(
              item -> work().doOnComplete(consumed::incrementAndGet), false, consumers);
    }

    private Completable work() {
      return work.isZero()
          ? Completable.complete()
          : Completable.timer(work.toNanos(), NANOSECONDS, stage.clock());
    }
  }
}
