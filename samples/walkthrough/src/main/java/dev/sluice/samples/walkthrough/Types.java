package dev.sluice.samples.walkthrough;

import dev.sluice.Resource;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleSource;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Command;

/**
 * Type hints for asynchronous objects, and the types that take their place. Each row is a variable,
 * so that the compiler checks the table.
 */
@Command(name = "types", description = "Type hints of asyncio and the types of RxJava.")
public final class Types extends SampleCommand {
  private final Completable none = Completable.complete();
  private final Single<Integer> one = Single.just(42);
  private final Maybe<Integer> optional = Maybe.empty();
  private final SingleSource<Integer> awaitable = one;
  private final Publisher<Integer> iterable = Flowable.just(1, 2);
  private final Flowable<Integer> iterator = Flowable.fromPublisher(iterable);
  private final Resource<String> manager = Resource.of(() -> "opened", opened -> {});

  public static void main(String... args) {
    launch(new Types(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.fromAction(
        () -> {
          row("Coroutine[Any, Any, None]", Completable.class, none, context);
          row("Coroutine[Any, Any, int]", Single.class, one, context);
          row("Coroutine[Any, Any, int | None]", Maybe.class, optional, context);
          row("Awaitable[int]", SingleSource.class, awaitable, context);
          row("AsyncIterable[int]", Publisher.class, iterable, context);
          row("AsyncIterator[int]", Flowable.class, iterator, context);
          row("AsyncGenerator[int, None]", Flowable.class, iterator, context);
          row("AsyncContextManager[str]", Resource.class, manager, context);
        });
  }

  /** Compiles only if the value has the type that the row names. */
  @SuppressWarnings("unused") // The value is there for the compiler.
  private static <T> void row(String python, Class<T> java, T value, SampleContext context) {
    context.print("%-32s %s".formatted(python, java.getSimpleName()));
  }
}
