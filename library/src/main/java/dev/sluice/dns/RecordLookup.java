package dev.sluice.dns;

import dev.sluice.dns.engine.Engine;
import dev.sluice.dns.engine.QueryFailure;
import dev.sluice.dns.engine.RecordQuery;
import dev.sluice.dns.wire.MalformedMessageException;
import dev.sluice.dns.wire.Question;
import dev.sluice.dns.wire.RecordCursor;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One subscription to {@link UdpResolver#query}: passes a query's result to its observer. */
final class RecordLookup extends RecordQuery implements Disposable {
  private final RecordQuestion asked;
  private final int questionLength;
  private final Engine engine;
  private final SingleObserver<? super RecordAnswer> observer;
  private final AtomicBoolean ended = new AtomicBoolean();
  private @Nullable RecordAnswer answer;

  RecordLookup(RecordQuestion asked, Engine engine, SingleObserver<? super RecordAnswer> observer) {
    this(asked, Question.of(asked.name().value(), asked.kind().code()), engine, observer);
  }

  private RecordLookup(
      RecordQuestion asked,
      byte[] question,
      Engine engine,
      SingleObserver<? super RecordAnswer> observer) {
    super(question, asked.kind().name(), asked.server().orElse(null));
    this.asked = asked;
    this.engine = engine;
    this.observer = observer;
    questionLength = question.length;
  }

  private boolean end() {
    return ended.compareAndSet(false, true);
  }

  @Override
  public void dispose() {
    if (end()) {
      engine.submit(this);
    }
  }

  @Override
  public boolean isDisposed() {
    return ended.get();
  }

  @Override
  protected void read(byte[] message, int length, InetSocketAddress server)
      throws MalformedMessageException {
    RecordCursor cursor = new RecordCursor(message, length, questionLength);
    answer = new RecordParser(asked, cursor).parse(server);
  }

  @Override
  protected void onRecords() {
    RecordAnswer result = answer;
    if (result != null && end()) {
      observer.onSuccess(result);
    }
  }

  @Override
  protected void onFailure(QueryFailure failure) {
    if (end()) {
      observer.onError(QueryFailures.exception(asked.name(), failure));
    }
  }

  @Override
  protected void onClosed() {
    if (end()) {
      observer.onError(QueryFailures.closed(asked.name()));
    }
  }
}
