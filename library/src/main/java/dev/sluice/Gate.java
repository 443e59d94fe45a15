package dev.sluice;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.FlowableOperator;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Lets no more keys in than somebody has asked results for. {@code flatMap} asks its source for as
 * many as it may have under way, whether anybody wants their results or not; here the smaller of
 * the two wishes goes up. What comes is passed on as it is: the gate keeps nothing. For one
 * subscriber.
 */
final class Gate<K> implements FlowableOperator<K, K> {
  private volatile @Nullable Subscription source;

  // All counted from the start, and guarded by this.
  private long wanted;
  private long room;
  private long asked;

  /** So many results more are wanted. */
  void open(long results) {
    ask(results, 0);
  }

  @Override
  public Subscriber<? super K> apply(Subscriber<? super K> downstream) {
    return new Passage(downstream);
  }

  private void ask(long results, long keys) {
    long more;
    synchronized (this) {
      wanted = plus(wanted, results);
      room = plus(room, keys);
      more = Math.min(wanted, room) - asked;
      asked += more;
    }
    if (more > 0) {
      // There is room only once somebody has been told of the source.
      requireNonNull(source).request(more);
    }
  }

  /** Long.MAX_VALUE stands for no bound, and no sum is more than that. */
  private static long plus(long count, long more) {
    return more > Long.MAX_VALUE - count ? Long.MAX_VALUE : count + Math.max(more, 0);
  }

  /** From the source through the gate. */
  private final class Passage implements FlowableSubscriber<K>, Subscription {
    private final Subscriber<? super K> downstream;

    Passage(Subscriber<? super K> downstream) {
      this.downstream = downstream;
    }

    @Override
    public void onSubscribe(Subscription s) {
      source = s;
      downstream.onSubscribe(this);
    }

    @Override
    public void onNext(K key) {
      downstream.onNext(key);
    }

    @Override
    public void onError(Throwable e) {
      downstream.onError(e);
    }

    @Override
    public void onComplete() {
      downstream.onComplete();
    }

    @Override
    public void request(long keys) {
      ask(0, keys);
    }

    @Override
    public void cancel() {
      requireNonNull(source).cancel();
    }
  }
}
