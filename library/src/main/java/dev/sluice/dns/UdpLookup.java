package dev.sluice.dns;

import dev.sluice.dns.engine.Engine;
import dev.sluice.dns.engine.Query;
import dev.sluice.dns.engine.QueryFailure;
import dev.sluice.dns.wire.Question;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** One subscription to {@link UdpResolver#resolve}: passes a query's result to its observer. */
final class UdpLookup extends Query implements Disposable {
  private static final AtomicIntegerFieldUpdater<UdpLookup> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(UdpLookup.class, "ended");

  private final DomainName name;
  private final Engine engine;
  private final MaybeObserver<? super Answer> observer;
  private volatile int ended;

  UdpLookup(
      DomainName name,
      RecordType firstType,
      Engine engine,
      MaybeObserver<? super Answer> observer) {
    super(Question.of(name.value(), firstType.addressType()));
    this.name = name;
    this.engine = engine;
    this.observer = observer;
  }

  private boolean end() {
    return ENDED.compareAndSet(this, 0, 1);
  }

  @Override
  public void dispose() {
    if (end()) {
      engine.submit(this);
    }
  }

  @Override
  public boolean isDisposed() {
    return ended != 0;
  }

  @Override
  protected void onAddresses(List<InetAddress> addresses) {
    if (end()) {
      observer.onSuccess(Answer.of(addresses));
    }
  }

  @Override
  protected void onNoName() {
    if (end()) {
      observer.onComplete();
    }
  }

  @Override
  protected void onFailure(QueryFailure failure) {
    if (end()) {
      observer.onError(QueryFailures.exception(name, failure));
    }
  }

  @Override
  protected void onClosed() {
    if (end()) {
      observer.onError(QueryFailures.closed(name));
    }
  }
}
