package dev.sluice.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Download;
import dev.sluice.fetch.Downloaded;
import dev.sluice.fetch.Downloads;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many long bodies at once, in a memory that has no room for a megabyte of each. */
@Timeout(60)
class SmallMemoryTest {
  private static final int FILES = 60;
  private static final int FILE_BYTES = 5_000_000;

  /** Downloads all files at the same time. Arguments: the URL of the server, and the transport. */
  static final class AllAtOnce {
    private AllAtOnce() {}

    public static void main(String[] arguments) throws IOException {
      URI base = URI.create(arguments[0]);
      Path folder = Files.createTempDirectory("small-memory");
      try (HttpClient client = HttpClient.at(base, Policy.limit(FILES), options(arguments[1]))) {
        Flowable<Download> files =
            Flowable.range(0, FILES).map(i -> Download.of(base.resolve(i + ".bin")));
        Downloads.into(Folder.at(folder), client)
            .downloadAll(files)
            .blockingForEach(AllAtOnce::print);
      } finally {
        for (int i = 0; i < FILES; i++) {
          boolean unused = Files.deleteIfExists(folder.resolve(i + ".bin"));
        }
      }
    }

    private static HttpOptions options(String transport) {
      return transport.equals("netty")
          ? HttpOptions.standard().withTransport(NettyTransport::open)
          : HttpOptions.standard();
    }

    private static void print(Outcome<Download, Downloaded> outcome) {
      System.out.println(
          outcome instanceof Outcome.Success<Download, Downloaded> success
              ? success.value().file().bytes()
              : outcome);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "okhttp"})
  void allBodiesFit(String transport, @TempDir Path folder) throws Exception {
    ServedFile file = ServedFile.random(1, FILE_BYTES);
    try (AnsweringServer server = new AnsweringServer(file::answer)) {
      String printed =
          Child.run(
              folder,
              "-n 1000",
              List.of("-Xmx32m"),
              AllAtOnce.class,
              server.base().toString(),
              transport);

      assertEquals((FILE_BYTES + "\n").repeat(FILES), printed);
    }
  }
}
