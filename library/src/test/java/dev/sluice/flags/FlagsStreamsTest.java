package dev.sluice.flags;

import static dev.sluice.flags.FlagSite.FLAG;

import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.ReactiveStreamsTck;
import dev.sluice.disk.Folder;
import io.reactivex.rxjava3.core.Flowable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The streams of flags keep the rules of Reactive Streams, with real calls behind them. */
class FlagsStreamsTest {
  private static final CountryCode CODE = CountryCode.of("br");

  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> streams() throws InterruptedException, ExecutionException {
    try (RawServer server = RawServer.saying(FLAG);
        Flags all = flags(server, "all");
        Flags inOrder = flags(server, "in order")) {
      return ReactiveStreamsTck.verify(
          Map.of(
              "downloadAll", keys -> all.downloadAll(codes(keys)).cast(Object.class),
              "downloadInOrder",
                  keys -> inOrder.downloads().runInOrder(codes(keys)).cast(Object.class)));
    }
  }

  private Flags flags(RawServer server, String name) {
    return Flags.at(
        server.base(), Folder.at(folder.resolve(name)), FlagOptions.of(Policy.limit(4)));
  }

  private static Flowable<CountryCode> codes(Flowable<Object> keys) {
    return keys.map(key -> CODE);
  }
}
