package dev.sluice.samples.hello;

import dev.sluice.Pipeline;
import dev.sluice.Policy;
import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import java.util.stream.Stream;

/** Runs a pipeline over keys from a Flowable, an Observable and a Java stream. */
public final class ComposeStreams {
  public static void main(String... args) {
    Pipeline<String, Integer> lengths =
        Pipeline.of(Policy.limit(4), word -> Maybe.just(word.length()));
    Flowable<String> flowable = Flowable.just("br", "vn");
    Observable<String> observable = Observable.just("us", "in");
    Stream<String> stream = Stream.of("de", "fr");
    Flowable.concat(
            flowable.compose(lengths::runAll),
            observable.toFlowable(BackpressureStrategy.BUFFER).compose(lengths::runAll),
            Flowable.fromStream(stream).compose(lengths::runAll))
        .blockingForEach(System.out::println);
  }
}
