package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** runOnDemand starts keys only for requested outcomes. */
class OnDemandTest {
  private final Map<Integer, MaybeSubject<Integer>> begun = new HashMap<>();
  private final Pipeline<Integer, Integer> pipeline = Pipeline.of(Policy.limit(4), this::begin);

  @Test
  void startsNothingWithoutDemand() {
    var outcomes = pipeline.runOnDemand(Flowable.range(0, 100)).test(0);
    assertEquals(0, begun.size());
    outcomes.cancel();
  }

  @Test
  void startsAsManyKeysAsOutcomesAreRequested() {
    var outcomes = pipeline.runOnDemand(Flowable.range(0, 100)).test(3);
    assertEquals(3, begun.size());
    endAll();
    outcomes.assertValueCount(3);
    assertEquals(3, begun.size());
    outcomes.request(2);
    assertEquals(5, begun.size());
    outcomes.cancel();
  }

  @Test
  void startsNoMoreKeysThanTheWindow() {
    var outcomes = pipeline.runOnDemand(Flowable.range(0, 100)).test(50);
    assertEquals(4, begun.size(), "as many as there are permits");
    endAll();
    outcomes.request(Long.MAX_VALUE);
    while (outcomes.values().size() < 100) {
      endAll();
    }
    outcomes.assertValueCount(100).assertComplete();
    assertEquals(100, begun.size());
  }

  @Test
  void completesWithoutDemand() {
    var outcomes = pipeline.runOnDemand(Flowable.range(0, 3)).test(3);
    endAll();
    outcomes.assertValueCount(3).assertComplete();
    pipeline.runOnDemand(Flowable.empty()).test(0).assertResult();
    IOException cause = new IOException("source");
    pipeline.runOnDemand(Flowable.error(cause)).test(0).assertError(cause);
  }

  @Test
  void theSourceIsCancelledWithTheConsumer() {
    PublishProcessor<Integer> source = PublishProcessor.create();
    var outcomes = pipeline.runOnDemand(source).test(1);
    source.onNext(1);
    outcomes.cancel();
    assertFalse(source.hasSubscribers());
    assertFalse(begin(1).hasObservers());
  }

  @Test
  void countsTheDemandOfEachSubscriber() {
    Flowable<?> outcomes = pipeline.runOnDemand(Flowable.range(0, 2).repeat());
    var first = outcomes.test(1);
    var second = outcomes.test(1);
    endAll();
    first.assertValueCount(1);
    second.assertValueCount(1);
    first.cancel();
    second.cancel();
  }

  private MaybeSubject<Integer> begin(Integer key) {
    return begun.computeIfAbsent(key, k -> MaybeSubject.create());
  }

  private void endAll() {
    Map.copyOf(begun).forEach((key, work) -> work.onSuccess(key));
  }
}
