package dev.sluice.samples.ledger;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reactivestreams.Publisher;

/** Real connections that record the calls made on them. */
final class RecordingConnections implements ConnectionFactory {
  private final ConnectionFactory real;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Completable> before = new ConcurrentHashMap<>();

  RecordingConnections(ConnectionFactory real) {
    this.real = real;
  }

  /** An action before each call of this name. */
  RecordingConnections before(String call, Completable event) {
    before.put(call, event);
    return this;
  }

  /** The calls that were made and subscribed to. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public Publisher<? extends Connection> create() {
    return after("create", Flowable.fromPublisher(real.create()).map(this::watched));
  }

  @Override
  public ConnectionFactoryMetadata getMetadata() {
    return real.getMetadata();
  }

  private <T> Flowable<T> after(String call, Publisher<T> publisher) {
    return before
        .getOrDefault(call, Completable.complete())
        .doOnSubscribe(subscription -> calls.add(call))
        .andThen(Flowable.fromPublisher(publisher));
  }

  private Connection watched(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            RecordingConnections.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> call(connection, method, arguments));
  }

  private Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
    try {
      Object result = method.invoke(connection, arguments);
      return result instanceof Publisher<?> publisher ? after(method.getName(), publisher) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
