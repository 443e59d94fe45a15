package dev.sluice;

import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lines of the README that join a pipeline to other streams. */
class RecipesTest {
  private final Pipeline<String, Integer> pages =
      Pipeline.of(Policy.limit(4), path -> Maybe.just(path.length()));

  @Test
  void composesAFlowableOfKeys() {
    Flowable<String> paths = Flowable.just("a", "bb");
    paths.compose(pages::runAll).collect(Tally.counting()).test().assertResult(new Tally(2, 0, 0));
    paths.compose(pages::runInOrder).map(Outcome::orElseThrow).test().assertResult(1, 2);
    paths.compose(pages::runOnDemand).test(1).assertValueCount(1).cancel();
  }

  @Test
  void acceptsAnObservableOfKeys() {
    Observable<String> paths = Observable.just("a", "bb");
    paths
        .toFlowable(BackpressureStrategy.BUFFER)
        .compose(pages::runAll)
        .test()
        .assertValueCount(2)
        .assertComplete();
  }

  @Test
  void acceptsAJavaStreamOfKeys() {
    Stream<String> paths = Stream.of("a", "bb");
    Flowable.fromStream(paths).compose(pages::runAll).test().assertValueCount(2).assertComplete();
  }

  @Test
  void collectsAJavaStreamOfOutcomes() {
    List<Outcome<String, Integer>> outcomes =
        Flowable.just("a", "bb").compose(pages::runAll).blockingStream().collect(toList());
    assertEquals(new Tally(2, 0, 0), outcomes.stream().collect(Tally.counting()));
    assertEquals(new Tally(2, 0, 0), outcomes.parallelStream().collect(Tally.counting()));
  }

  @Test
  void aTallyGrowsDuringARun() {
    Flowable.just("a", "bb")
        .compose(pages::runAll)
        .scan(Tally.ZERO, Tally::plus)
        .test()
        .assertResult(Tally.ZERO, new Tally(1, 0, 0), new Tally(2, 0, 0));
  }
}
