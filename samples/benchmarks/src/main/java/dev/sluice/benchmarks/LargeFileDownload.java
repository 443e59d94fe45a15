package dev.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.Policy;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Download;
import dev.sluice.fetch.Downloads;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import dev.sluice.netty.NettyTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.security.Security;
import org.conscrypt.Conscrypt;

/** A program that downloads one file, or the same file whenever it gets a line. */
public final class LargeFileDownload {
  static final String REPEATED = "repeated";

  private static final long LEAST_BYTES = 1 << 20;

  private LargeFileDownload() {}

  /**
   * Arguments: the URL, the folder, {@code conscrypt} or {@code netty} for another TLS than the
   * JDK's, and the number of segments; {@value #REPEATED} instead of that for a download for each
   * line of the standard input, answered by the CPU time of the JVM so far in nanoseconds.
   */
  public static void main(String[] args) throws IOException {
    String tls = args.length > 2 ? args[2] : "";
    if (tls.equals("conscrypt")) {
      Security.insertProviderAt(Conscrypt.newProvider(), 1);
    }
    String mode = args.length > 3 ? args[3] : "1";
    URI url = URI.create(args[0]);
    Path folder = Path.of(args[1]);
    if (!mode.equals(REPEATED)) {
      save(url, folder, tls, Integer.parseInt(mode));
      return;
    }
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    while (lines.readLine() != null) {
      save(url, folder, tls, 1);
      System.out.println(InProcess.cpu().toNanos());
    }
  }

  private static void save(URI url, Path folder, String tls, int segments) throws IOException {
    try (HttpClient client =
        HttpClient.at(
            url.resolve("/"),
            Policy.limit(segments),
            tls.equals("netty")
                ? HttpOptions.standard().withTransport(NettyTransport::open)
                : HttpOptions.standard())) {
      Downloads.into(Folder.at(folder), client)
          .withSegments(segments, LEAST_BYTES)
          .pipeline()
          .run(Download.of(url))
          .blockingGet()
          .orElseThrow();
    }
  }
}
