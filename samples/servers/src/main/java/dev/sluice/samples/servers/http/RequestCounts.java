package dev.sluice.samples.servers.http;

import java.util.Map;
import java.util.TreeMap;

/** What a server, or one of its hosts, was asked and has answered. Not thread-safe. */
final class RequestCounts {
  private static final long SECOND_NANOS = 1_000_000_000;

  private final Map<Integer, Long> statuses = new TreeMap<>();

  /** When the requests of the last second came, in a ring that grows with their number. */
  private long[] times = new long[16];

  private int first;
  private int inLastSecond;
  private int mostInOneSecond;
  private long requests;
  private long resets;

  void count(DelayedResponse reply, long now) {
    requests++;
    statuses.merge(reply.response().status().code(), 1L, Long::sum);
    if (reply.cut()) {
      resets++;
    }
    while (inLastSecond > 0 && now - times[first] >= SECOND_NANOS) {
      first = (first + 1) % times.length;
      inLastSecond--;
    }
    if (inLastSecond == times.length) {
      grow();
    }
    times[(first + inLastSecond) % times.length] = now;
    inLastSecond++;
    mostInOneSecond = Math.max(mostInOneSecond, inLastSecond);
  }

  private void grow() {
    long[] more = new long[2 * times.length];
    for (int i = 0; i < inLastSecond; i++) {
      more[i] = times[(first + i) % times.length];
    }
    times = more;
    first = 0;
  }

  /** Members of a JSON object. */
  void writeTo(StringBuilder json) {
    json.append("\"requests\":").append(requests).append(",\"statuses\":{");
    String separator = "";
    for (Map.Entry<Integer, Long> status : statuses.entrySet()) {
      json.append(separator).append('"').append(status.getKey()).append("\":");
      json.append(status.getValue());
      separator = ",";
    }
    json.append("},\"resets\":").append(resets);
    json.append(",\"most_in_one_second\":").append(mostInOneSecond);
  }
}
