package dev.sluice.fetch;

import dev.sluice.ChildJvm;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Downloads in a JVM of its own, which can be killed, and prints a line for each outcome. */
final class DownloadProcess {
  private DownloadProcess() {}

  /** Arguments: the folder, and a file with a URL on each line. */
  public static void main(String[] arguments) throws IOException {
    Folder folder = Folder.at(Path.of(arguments[0]));
    List<URI> urls = Files.readAllLines(Path.of(arguments[1])).stream().map(URI::create).toList();
    try (HttpClient client =
        HttpClient.at(urls.get(0).resolve("/"), Policy.limit(8), HttpOptions.standard())) {
      Downloads.into(folder, client)
          .downloadAll(Flowable.fromIterable(urls).map(Download::of))
          .blockingForEach(outcome -> System.out.println(line(outcome)));
    }
    System.out.println("end");
  }

  private static String line(Outcome<Download, Downloaded> outcome) {
    return outcome.fold(
        success ->
            "success "
                + (success.value() instanceof Fetched fetched ? fetched.fetchedBytes() : 0)
                + " "
                + success.key(),
        notFound -> "not-found " + notFound.key(),
        failure -> "failure " + failure.cause().getMessage());
  }

  /** The prefix is a command that runs the command after it. */
  static Process start(List<String> prefix, String heap, Path folder, Path urls)
      throws IOException {
    List<String> arguments = List.of(folder.toString(), urls.toString());
    return ChildJvm.of(prefix, List.of(heap), DownloadProcess.class, arguments).start();
  }

  /** Waits for the end of the process and returns the lines that it printed. */
  static List<String> output(Process process) throws IOException, InterruptedException {
    return ChildJvm.output(process).lines().toList();
  }
}
