package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.Limiter;
import dev.sluice.samples.Main;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A champion plays many opponents: board after board, or at all boards in turn. */
@Command(
    name = "chess",
    description = "A champion plays many: board after board, or all in turn. In virtual time.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    showDefaultValues = true)
public final class Chess extends SampleCommand {
  @Option(
      names = "--opponents",
      description = "How many boards.",
      defaultValue = "24",
      converter = OptionTypes.Count.class)
  private int opponents;

  @Option(
      names = "--pairs",
      description = "Moves of each side in a game.",
      defaultValue = "30",
      converter = OptionTypes.Count.class)
  private int pairs;

  @Option(
      names = "--move",
      description = "How long the champion thinks.",
      defaultValue = "5s",
      converter = OptionTypes.Time.class)
  private Duration move = Duration.ZERO;

  @Option(
      names = "--reply",
      description = "How long an opponent thinks.",
      defaultValue = "55s",
      converter = OptionTypes.Time.class)
  private Duration reply = Duration.ZERO;

  public static void main(String... args) {
    Main.sample("chess", args);
  }

  @Override
  Completable run(SampleContext stage) {
    return Completable.fromAction(
        () -> {
          stage.say(
              "opponents: %d, move pairs: %d, a move: %s and %s"
                  .formatted(opponents, pairs, shown(move), shown(reply)));
          Exhibition one = new Exhibition(1);
          stage.say("synchronous: " + shown(one.lastReply));
          Exhibition all = new Exhibition(opponents);
          stage.say(
              "asynchronous: %s, and %s more until the last reply"
                  .formatted(shown(all.lastMove), shown(all.lastReply.minus(all.lastMove))));
        });
  }

  /** Its clock jumps from move to move, so that hours take no time. */
  private final class Exhibition {
    private final TestScheduler clock = new TestScheduler();
    private final Limiter champion = Limiter.of(1);
    private Duration lastMove = Duration.ZERO;
    private Duration lastReply = Duration.ZERO;

    /** So many games go on at once, and still there is one champion. */
    Exhibition(int atOnce) {
      Disposable games =
          Flowable.range(1, opponents)
              .flatMapCompletable(board -> game(), false, atOnce)
              .subscribe(() -> lastReply = now());
      clock.advanceTimeTo(Long.MAX_VALUE, NANOSECONDS);
      games.dispose();
    }

    private Completable game() {
      return champion
          .permit(thought(move))
          .doOnComplete(() -> lastMove = now())
          .concatWith(thought(reply))
          .ignoreElements()
          .repeat(pairs);
    }

    private Maybe<Object> thought(Duration time) {
      return Completable.timer(time.toNanos(), NANOSECONDS, clock).toMaybe();
    }

    private Duration now() {
      return Duration.ofNanos(clock.now(NANOSECONDS));
    }
  }

  /** {@code PT12H30M} as 12 h 30 min. */
  private static String shown(Duration time) {
    return time.toString()
        .substring(2)
        .toLowerCase(Locale.ROOT)
        .replaceAll("(?<=[hms])(?=\\d)|(?<=\\d)(?=[hms])", " ")
        .replace("m", "min");
  }
}
