package dev.sluice.samples.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;

/** What the JobManager says of its workers. */
final class ClusterOverview {
  private static final Pattern FREE_SLOTS = Pattern.compile("\"freeSlots\":(\\d+)");

  private final URI workers;

  ClusterOverview(Configuration settings) {
    workers =
        URI.create(
            "http://"
                + settings.get(RestOptions.ADDRESS)
                + ":"
                + settings.get(RestOptions.PORT)
                + "/taskmanagers");
  }

  /** How many slots of each registered worker are free; empty while there is no answer. */
  List<Integer> freeSlots() {
    try (InputStream body = workers.toURL().openStream()) {
      return FREE_SLOTS
          .matcher(new String(body.readAllBytes(), StandardCharsets.UTF_8))
          .results()
          .map(match -> Integer.valueOf(match.group(1)))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
