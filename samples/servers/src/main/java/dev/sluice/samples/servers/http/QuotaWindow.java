package dev.sluice.samples.servers.http;

/** What one client has asked of one host in one window of its quota. Not thread-safe. */
final class QuotaWindow {
  private final String client;
  private final String host;
  private final long endsAt;
  private int requests;
  private int refused;

  QuotaWindow(String client, String host, long endsAt) {
    this.client = client;
    this.host = host;
    this.endsAt = endsAt;
  }

  long nanosLeft(long now) {
    return endsAt - now;
  }

  /** Counts a request; returns how many more may follow, less than 0 if this one was too many. */
  int count(int permits) {
    requests++;
    if (requests > permits) {
      refused++;
    }
    return permits - requests;
  }

  int refused() {
    return refused;
  }

  void writeTo(StringBuilder json) {
    json.append("{\"client\":\"").append(client);
    json.append("\",\"host\":\"").append(host);
    json.append("\",\"requests\":").append(requests);
    json.append(",\"refused\":").append(refused).append('}');
  }
}
