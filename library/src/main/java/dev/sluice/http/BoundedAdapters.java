package dev.sluice.http;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.CallAdapter;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.adapter.rxjava3.Result;
import retrofit2.adapter.rxjava3.RxJava3CallAdapterFactory;

/**
 * Makes the reactive types of a client's interfaces: bounds the calls, and settles what a status or
 * a missing body means for each type.
 */
final class BoundedAdapters extends CallAdapter.Factory {
  private final CallAdapter.Factory factory;
  private final BoundedCalls calls;
  private final QuotaWatch quotas;

  BoundedAdapters(BoundedCalls calls, QuotaWatch quotas) {
    this.calls = calls;
    this.factory =
        calls.areEnqueued()
            ? RxJava3CallAdapterFactory.create()
            : RxJava3CallAdapterFactory.createSynchronous();
    this.quotas = quotas;
  }

  @Override
  public @Nullable CallAdapter<?, ?> get(
      Type returnType, Annotation[] annotations, Retrofit retrofit) {
    Class<?> type = getRawType(returnType);
    if (type == Call.class || type == CompletableFuture.class) {
      // Retrofit's own adapters would make calls past the limiter.
      throw new IllegalArgumentException(
          type.getSimpleName() + " is not supported; return Maybe, Single or Completable");
    }
    CallAdapter<?, ?> adapter = factory.get(returnType, annotations, retrofit);
    return adapter == null ? null : new Adapter<>(this, adapter, required(returnType));
  }

  /** The type of the body that must be there; null for a type that can do without. */
  private static @Nullable Type required(Type returnType) {
    Class<?> type = getRawType(returnType);
    if (type == Maybe.class || !(returnType instanceof ParameterizedType parameterized)) {
      return null;
    }
    Type body = getParameterUpperBound(0, parameterized);
    Class<?> rawBody = getRawType(body);
    return rawBody == Response.class || rawBody == Result.class || rawBody == Void.class
        ? null
        : body;
  }

  private Maybe<?> bounded(Object call) {
    return calls.run(toMaybe(call));
  }

  /** One call brings one item at most. */
  private static Maybe<?> toMaybe(Object call) {
    if (call instanceof Maybe<?> maybe) {
      return maybe;
    }
    if (call instanceof Single<?> single) {
      return single.toMaybe();
    }
    if (call instanceof Completable completable) {
      return completable.toMaybe();
    }
    return call instanceof Flowable<?> flowable
        ? flowable.singleElement()
        : ((Observable<?>) call).singleElement();
  }

  private record Adapter<R>(BoundedAdapters all, CallAdapter<R, ?> adapter, @Nullable Type required)
      implements CallAdapter<R, Object> {
    @Override
    public Type responseType() {
      return adapter.responseType();
    }

    @Override
    public Object adapt(Call<R> call) {
      Object calls = adapter.adapt(new CheckedCall<>(call, required, response -> {}));
      Maybe<?> bounded =
          all.quotas.isOn()
              ? Maybe.defer(() -> all.bounded(adapter.adapt(watched(call))))
              : all.bounded(calls);
      if (calls instanceof Maybe<?>) {
        return bounded.onErrorComplete(StatusException::isNotFound);
      }
      if (calls instanceof Single<?>) {
        return bounded.toSingle();
      }
      if (calls instanceof Completable) {
        return bounded.ignoreElement().onErrorComplete(Adapter::isSuccessWithoutBody);
      }
      return calls instanceof Flowable<?> ? bounded.toFlowable() : bounded.toObservable();
    }

    /** A call that begins now, while its attempt is the last that has started in the lane. */
    private Call<R> watched(Call<R> call) {
      long counted = all.quotas.counted();
      return new CheckedCall<>(call, required, response -> all.quotas.note(response, counted));
    }

    private static boolean isSuccessWithoutBody(Throwable e) {
      return e instanceof StatusException s && (s.status() == 204 || s.status() == 205);
    }
  }
}
