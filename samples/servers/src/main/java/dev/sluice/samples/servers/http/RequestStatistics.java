package dev.sluice.samples.servers.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server has counted since its start; a client reads it at {@value #PATH}. That request
 * itself meets no faults and is not counted. Used by the thread of the server only.
 */
final class RequestStatistics {
  static final String PATH = "/stats";

  private static final int WINDOWS_KEPT = 1_000;

  private final RequestCounts all = new RequestCounts();
  private final Map<String, RequestCounts> hosts = new TreeMap<>();
  private final Deque<QuotaWindow> windows = new ArrayDeque<>();
  private long windowsForgotten;
  private int mostRefusedInForgotten;
  private int mostInFlight;

  void count(ReceivedRequest received, DelayedResponse reply) {
    all.count(reply, received.nanos());
    hosts
        .computeIfAbsent(received.host(), host -> new RequestCounts())
        .count(reply, received.nanos());
    mostInFlight = Math.max(mostInFlight, received.inProgress());
  }

  /** A window of a quota begins. */
  void add(QuotaWindow window) {
    windows.add(window);
    if (windows.size() > WINDOWS_KEPT) {
      windowsForgotten++;
      mostRefusedInForgotten = Math.max(mostRefusedInForgotten, windows.remove().refused());
    }
  }

  Response response() {
    return Response.of(Status.OK)
        .with("Content-Type", "application/json")
        .with(ByteBuffer.wrap(json().getBytes(UTF_8)));
  }

  private String json() {
    StringBuilder json = new StringBuilder("{");
    all.writeTo(json);
    json.append(",\"most_in_flight\":").append(mostInFlight);
    writeWindows(json);
    json.append(",\"hosts\":{");
    String separator = "";
    for (Map.Entry<String, RequestCounts> host : hosts.entrySet()) {
      json.append(separator).append('"').append(host.getKey()).append("\":{");
      host.getValue().writeTo(json);
      json.append('}');
      separator = ",";
    }
    return json.append("}}\n").toString();
  }

  private void writeWindows(StringBuilder json) {
    int mostRefused =
        windows.stream().mapToInt(QuotaWindow::refused).reduce(mostRefusedInForgotten, Math::max);
    json.append(",\"windows\":{\"count\":").append(windowsForgotten + windows.size());
    json.append(",\"most_429\":").append(mostRefused).append(",\"with_429\":[");
    String separator = "";
    for (QuotaWindow window : windows) {
      if (window.refused() > 0) {
        json.append(separator);
        window.writeTo(json);
        separator = ",";
      }
    }
    json.append("]}");
  }
}
