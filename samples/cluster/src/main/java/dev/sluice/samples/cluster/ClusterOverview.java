package dev.sluice.samples.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;

/** What the JobManager says of its cluster. */
final class ClusterOverview {
  private static final Pattern WORKERS = Pattern.compile("\"taskmanagers\":(\\d+)");

  private final URI uri;

  ClusterOverview(Configuration settings) {
    uri =
        URI.create(
            "http://"
                + settings.get(RestOptions.ADDRESS)
                + ":"
                + settings.get(RestOptions.PORT)
                + "/overview");
  }

  /** How many workers have registered; 0 while the JobManager does not answer. */
  int workers() {
    try (InputStream body = uri.toURL().openStream()) {
      Matcher workers = WORKERS.matcher(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      return workers.find() ? Integer.parseInt(workers.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
