package dev.sluice.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Work;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Maybe;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.ResponseBody;
import retrofit2.http.GET;
import retrofit2.http.Url;

/** A client for each of several servers, and one pipeline with a lane for each. */
final class LaneClients implements AutoCloseable {
  private final List<HttpClient> clients = new ArrayList<>();
  private final Map<String, Site> sites = new HashMap<>();
  private final Policy policy;

  /** Any page of a server. */
  interface Site {
    @GET
    Maybe<ResponseBody> get(@Url String url);
  }

  LaneClients(Policy policy, List<URI> servers) {
    this.policy = policy;
    for (URI server : servers) {
      HttpClient client = HttpClient.at(server, policy, HttpOptions.standard());
      clients.add(client);
      sites.put(client.lane(), client.api(Site.class));
    }
  }

  /** A flag of one of the servers. */
  static URI flag(URI server) {
    return server.resolve("/flags/br/br.gif");
  }

  /** One attempt at one body; the value is its length. */
  Work<URI, Integer> work() {
    Work<URI, Integer> work = url -> site(url).get(url.toString()).map(body -> body.bytes().length);
    return work.withLane(HttpClient::lane);
  }

  Pipeline<URI, Integer> pipeline() {
    return Pipeline.of(policy, work());
  }

  private Site site(URI url) {
    return requireNonNull(sites.get(HttpClient.lane(url)));
  }

  @Override
  public void close() {
    clients.forEach(HttpClient::close);
  }
}
