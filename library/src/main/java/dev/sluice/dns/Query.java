package dev.sluice.dns;

import dev.sluice.dns.DnsException.Reason;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One name under way, from the subscription to the verdict: true once it is over. Who waits for it
 * may dispose of it on any thread; all else belongs to the loop.
 */
final class Query extends AtomicBoolean implements Disposable {
  private static final long serialVersionUID = 1L;

  final transient DomainName name;
  final transient byte[] question;
  private final transient EventLoop loop;
  private final transient MaybeObserver<? super Answer> downstream;

  /** Its place in a row. */
  transient @Nullable IntrusiveList list;

  transient @Nullable Query previous;
  transient @Nullable Query next;

  /** Where it is asked at the moment. */
  transient @Nullable UdpPort port;

  transient @Nullable TcpConnection tcp;
  transient int id;
  transient long due;

  /** Whom it asked so far, a bit for each, and whom last. */
  transient long asked;

  transient @Nullable Server server;
  transient int tries;
  transient int types;
  transient boolean edns;

  /** Who did not understand it with EDNS. */
  transient @Nullable Server plainTo;

  /** Why the last try failed. */
  transient Reason reason = Reason.TIMEOUT;

  transient String came = "";
  transient @Nullable Throwable cause;

  Query(
      DomainName name, byte[] question, EventLoop loop, MaybeObserver<? super Answer> downstream) {
    this.name = name;
    this.question = question;
    this.loop = loop;
    this.downstream = downstream;
  }

  void succeed(Answer answer) {
    if (compareAndSet(false, true)) {
      downstream.onSuccess(answer);
    }
  }

  void complete() {
    if (compareAndSet(false, true)) {
      downstream.onComplete();
    }
  }

  void fail(DnsException e) {
    if (compareAndSet(false, true)) {
      downstream.onError(e);
    }
  }

  @Override
  public void dispose() {
    if (compareAndSet(false, true)) {
      loop.submit(this);
    }
  }

  @Override
  public boolean isDisposed() {
    return get();
  }
}
