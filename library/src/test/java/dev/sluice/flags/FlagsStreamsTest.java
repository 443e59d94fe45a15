package dev.sluice.flags;

import static dev.sluice.flags.FlagSite.FLAG;

import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.ReactiveStreamsTest;
import dev.sluice.disk.Folder;
import io.reactivex.rxjava3.core.Flowable;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The streams of flags keep the rules of Reactive Streams, with real calls behind them. */
class FlagsStreamsTest {
  private static final CountryCode CODE = CountryCode.of("br");

  @TempDir Path folder;

  @Test
  void downloadAll() {
    verify(Flags::downloadAll);
  }

  @Test
  void downloadInOrder() {
    verify((flags, codes) -> flags.downloads().runInOrder(codes));
  }

  private void verify(BiFunction<Flags, Flowable<CountryCode>, Flowable<?>> stream) {
    try (RawServer server = RawServer.saying(FLAG);
        Flags flags = Flags.at(server.base(), Folder.at(folder), FlagOptions.of(Policy.limit(4)))) {
      ReactiveStreamsTest.verify(
          keys -> stream.apply(flags, keys.map(key -> CODE)).cast(Object.class));
    }
  }
}
