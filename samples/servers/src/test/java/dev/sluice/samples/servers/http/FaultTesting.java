package dev.sluice.samples.servers.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Faults without a server and in a time that the test chooses. */
final class FaultTesting {
  static final long START = Long.MAX_VALUE - 1_000_000;
  static final DelayedResponse OK =
      new DelayedResponse(Response.of(Status.OK), Duration.ofMillis(50));

  private FaultTesting() {}

  static HttpFault start(FaultPlan plan, long seed) {
    return plan.start(new Random(seed), START, new RequestStatistics());
  }

  /** A request, so long after the start. */
  static ReceivedRequest at(Duration time, int inProgress) {
    return from("127.0.0.1", "127.0.0.1:8001", time, inProgress);
  }

  static ReceivedRequest from(String client, String host, Duration time, int inProgress) {
    return new ReceivedRequest(
        new Request("GET", "/", "", 1, Map.of()), client, host, inProgress, START + time.toNanos());
  }

  /** The replies to so many requests. */
  static List<DelayedResponse> replies(FaultPlan plan, long seed, int requests) {
    HttpFault fault = start(plan, seed);
    return IntStream.range(0, requests)
        .mapToObj(i -> fault.apply(at(Duration.ZERO, 1), OK))
        .toList();
  }

  /** The answers of a real server to so many requests on one connection. */
  static List<RawHttpClient.Answer> ask(HttpServer server, int requests) throws IOException {
    List<RawHttpClient.Answer> answers = new ArrayList<>();
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      for (int i = 0; i < requests; i++) {
        answers.add(client.send(RawHttpClient.request("GET", "/")).read());
      }
    }
    return answers;
  }

  static HttpServer server(FaultPlan... plans) throws IOException {
    return server(new HttpFaults(List.of(plans), Outage.NONE));
  }

  static HttpServer server(HttpFaults faults) throws IOException {
    return HttpServer.start(
        "faulty",
        HttpServerSettings.onLoopback().withSeed(1).withFaults(faults),
        request -> Response.text(Status.OK, "a body of some length"));
  }
}
