package dev.sluice.fetch;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.IoSchedulers;
import dev.sluice.Policy;
import dev.sluice.disk.Folder;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * Downloads an empty file, uses up the memory outside the heap, and downloads another one, whose
 * record is longer than any before, so that its write needs a buffer.
 */
final class NoBufferProcess {
  private NoBufferProcess() {}

  /** Arguments: the folder and the base URL. */
  public static void main(String[] arguments) {
    URI base = URI.create(arguments[1]);
    IoSchedulers schedulers = IoSchedulers.shared().withNetwork(one()).withDisk(one());
    Policy policy = Policy.limit(1).withSchedulers(schedulers);
    try (HttpClient client = HttpClient.at(base, policy, HttpOptions.standard())) {
      Downloads downloads = Downloads.into(Folder.at(Path.of(arguments[0])), client);
      save(downloads, base.resolve("a"));
      List<ByteBuffer> held = useUpBuffers();
      save(downloads, base.resolve("b?" + "b".repeat(2_000)));
      System.out.println(held.size() > 0 ? "end" : "no buffer was there");
    }
    // The threads of the executors would keep the process.
    System.exit(0);
  }

  private static Scheduler one() {
    return Schedulers.from(Executors.newSingleThreadExecutor());
  }

  private static void save(Downloads downloads, URI url) {
    downloads
        .downloadAll(Flowable.just(Download.of(url)))
        .timeout(20, SECONDS)
        .blockingForEach(outcome -> System.out.println(outcome.getClass().getSimpleName()));
  }

  private static List<ByteBuffer> useUpBuffers() {
    List<ByteBuffer> held = new ArrayList<>();
    for (int size = 1 << 20; size > 0; size /= 2) {
      boolean isFree = true;
      while (isFree) {
        try {
          held.add(ByteBuffer.allocateDirect(size));
        } catch (OutOfMemoryError e) {
          isFree = false;
        }
      }
    }
    return held;
  }
}
