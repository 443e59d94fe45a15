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

/** Real connections, with a list of what was asked of them and what came first. */
final class Connections implements ConnectionFactory {
  private final ConnectionFactory real;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Completable> before = new ConcurrentHashMap<>();

  Connections(ConnectionFactory real) {
    this.real = real;
  }

  /** Something that has to happen before a call of this name goes through. */
  Connections before(String call, Completable event) {
    before.put(call, event);
    return this;
  }

  /** What was asked for and subscribed to. */
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
            Connections.class.getClassLoader(),
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
