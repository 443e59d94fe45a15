package dev.sluice.samples.hello;

import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Work;
import io.reactivex.rxjava3.core.Flowable;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs blocking calls, at most 8 at once, on threads that may block. */
public final class BlockingCalls {
  public static void main(String... args) {
    Pipeline<String, Long> sizes =
        Pipeline.of(Policy.limit(8), Work.blocking(name -> Files.size(Path.of(name))));
    Flowable.just("pom.xml", "no-such-file")
        .compose(sizes::runAll)
        .blockingForEach(System.out::println);
  }
}
