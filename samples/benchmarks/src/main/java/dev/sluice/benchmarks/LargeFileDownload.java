package dev.sluice.benchmarks;

import dev.sluice.Policy;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Download;
import dev.sluice.fetch.Downloads;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import dev.sluice.netty.NettyTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.Security;
import org.conscrypt.Conscrypt;

/** A program that downloads one file. */
public final class LargeFileDownload {
  private static final long LEAST_BYTES = 1 << 20;

  private LargeFileDownload() {}

  /**
   * Arguments: the URL, the folder, {@code conscrypt} or {@code netty} for another TLS than the
   * JDK's, and the number of segments.
   */
  public static void main(String[] args) throws IOException {
    String tls = args.length > 2 ? args[2] : "";
    if (tls.equals("conscrypt")) {
      Security.insertProviderAt(Conscrypt.newProvider(), 1);
    }
    int segments = args.length > 3 ? Integer.parseInt(args[3]) : 1;
    URI url = URI.create(args[0]);
    try (HttpClient client =
        HttpClient.at(
            url.resolve("/"),
            Policy.limit(segments),
            tls.equals("netty")
                ? HttpOptions.standard().withTransport(NettyTransport::open)
                : HttpOptions.standard())) {
      Downloads.into(Folder.at(Path.of(args[1])), client)
          .withSegments(segments, LEAST_BYTES)
          .pipeline()
          .run(Download.of(url))
          .blockingGet()
          .orElseThrow();
    }
  }
}
