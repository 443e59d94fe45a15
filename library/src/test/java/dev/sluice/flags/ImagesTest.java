package dev.sluice.flags;

import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Flowable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Flags in memory. */
class ImagesTest {
  private static final CountryCode ZZ = CountryCode.of("zz");

  @Test
  void aFlagIsFoundOrNot() {
    try (RawServer server = server();
        Flags flags = flags(server)) {
      byte[] gif = flags.find(OneFlag.BR).test().awaitDone(10, SECONDS).values().get(0).gif();
      assertArrayEquals(Gifs.tiny(), gif);
      flags.find(ZZ).test().awaitDone(10, SECONDS).assertResult();
    }
  }

  @Test
  void manyFlagsAreOutcomesInAnyOrderThatAPipelineHas() {
    try (RawServer server = server();
        Flags flags = flags(server)) {
      var outcomes =
          flags
              .imagesOfText()
              .runInOrder(Flowable.just("zz", "br", "?"))
              .map(o -> o.fold(s -> s.key() + " found", n -> n.key() + " not", f -> f.key() + "?"))
              .test()
              .awaitDone(10, SECONDS)
              .assertComplete();
      assertEquals(List.of("zz not", "br found", "??"), outcomes.values());
      flags.images().run(ZZ).test().awaitDone(10, SECONDS).assertResult(Outcome.notFound(ZZ));
    }
  }

  private static Flags flags(RawServer server) {
    return Flags.inMemory(server.base(), FlagOptions.of(Policy.limit(2)));
  }

  private static RawServer server() {
    return RawServer.answering(
        exchange ->
            exchange.send(
                exchange.path().startsWith("/zz/") ? status("404 Not Found") : FlagSite.FLAG));
  }
}
