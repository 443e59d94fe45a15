package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.Limiter;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A chess champion plays many opponents: one game after another, or all games at once. */
@Command(
    name = "chess",
    description = "A champion plays many games: one after another, or all at once. Virtual time.")
public final class Chess extends SampleCommand {
  @Option(
      names = "--opponents",
      defaultValue = "24",
      converter = OptionTypes.OneToThousand.class,
      description = "How many games.")
  private int opponents;

  @Option(
      names = "--pairs",
      defaultValue = "30",
      converter = OptionTypes.OneToThousand.class,
      description = "How many moves each side makes in a game.")
  private int pairs;

  @Option(
      names = "--move",
      defaultValue = "5s",
      converter = OptionTypes.UpToOneHour.class,
      description = "How long the champion thinks about a move.")
  private Duration move = Duration.ZERO;

  @Option(
      names = "--reply",
      defaultValue = "55s",
      converter = OptionTypes.UpToOneHour.class,
      description = "How long an opponent thinks about a reply.")
  private Duration reply = Duration.ZERO;

  public static void main(String... args) {
    launch(new Chess(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.fromAction(
        () -> {
          context.print(
              String.format(
                  Locale.ROOT,
                  "opponents: %d, move pairs: %d, a move: %s and %s",
                  opponents,
                  pairs,
                  words(move),
                  words(reply)));
          context.trace(MarbleDiagram.TITLE + "one game after another");
          Exhibition synchronous = new Exhibition(1, context);
          context.print(synchronous.lastReply, "synchronous: " + words(synchronous.lastReply));
          context.trace(MarbleDiagram.TITLE + "all games at once");
          Exhibition asynchronous = new Exhibition(opponents, context);
          Duration wait = asynchronous.lastReply.minus(asynchronous.lastMove);
          context.print(
              asynchronous.lastReply,
              "asynchronous: %s, and %s more until the last reply"
                  .formatted(words(asynchronous.lastMove), words(wait)));
        });
  }

  /** All games, played in virtual time: the clock jumps to the next move, so this takes no time. */
  private final class Exhibition {
    private final TestScheduler clock = new TestScheduler();

    /** The champion thinks about one game at a time, however many games there are. */
    private final Limiter champion = Limiter.of(1);

    private final SampleContext context;

    private Duration lastMove = Duration.ZERO;
    private Duration lastReply = Duration.ZERO;

    Exhibition(int concurrentGames, SampleContext context) {
      this.context = context;
      Disposable games =
          Flowable.range(1, opponents)
              .flatMapCompletable(board -> game("board " + board), false, concurrentGames)
              .subscribe(() -> lastReply = now());
      clock.advanceTimeTo(Long.MAX_VALUE, NANOSECONDS);
      games.dispose();
    }

    private Completable game(String board) {
      return champion
          .permit(traced(board, think(move)))
          .doOnComplete(() -> lastMove = now())
          .concatWith(think(reply))
          .ignoreElements()
          .repeat(pairs);
    }

    private Maybe<Object> think(Duration time) {
      return Completable.timer(time.toNanos(), NANOSECONDS, clock).toMaybe();
    }

    private Maybe<Object> traced(String board, Maybe<Object> thinking) {
      return thinking
          .doOnSubscribe(d -> context.trace(now(), board + " starts"))
          .doOnComplete(() -> context.trace(now(), board + " ends"));
    }

    private Duration now() {
      return Duration.ofNanos(clock.now(NANOSECONDS));
    }
  }

  /** {@code PT12H30M} as {@code 12 h 30 min}. */
  private static String words(Duration time) {
    return time.toString()
        .substring("PT".length())
        .toLowerCase(Locale.ROOT)
        .replaceAll("([hms])", " $1 ")
        .replace("m", "min")
        .strip();
  }
}
