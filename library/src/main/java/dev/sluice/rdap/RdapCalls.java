package dev.sluice.rdap;

import dev.sluice.http.HttpClient;
import io.reactivex.rxjava3.core.Single;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Requests to registries, and for the list of registries (RFC 7480, section 4).
 *
 * @param client sends them
 * @param maxBodyBytes a longer body is a failure
 */
record RdapCalls(HttpClient client, long maxBodyBytes) {

  static Request.Builder request(HttpUrl url) {
    return new Request.Builder()
        .url(url)
        .header("Accept", "application/rdap+json, application/json;q=0.9");
  }

  /** The answer; these error statuses are answers as well. */
  Single<RdapAnswer> get(Request request, Set<Integer> errors) {
    return client.call(() -> request, errors, response -> RdapAnswer.of(response, maxBodyBytes));
  }
}
