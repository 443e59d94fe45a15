package dev.sluice.rdap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.http.ContentException;
import io.reactivex.rxjava3.core.Single;
import java.net.URI;
import okhttp3.HttpUrl;
import retrofit2.Response;

/** A JSON body, and its URL after redirects. */
record RdapAnswer(URI url, JsonNode json) {

  static Single<RdapAnswer> of(RdapApi api, String url) {
    return api.get(url).map(response -> answer(url, response));
  }

  private static RdapAnswer answer(String url, Response<JsonNode> response)
      throws ContentException {
    JsonNode json = response.body();
    if (json == null) {
      throw new ContentException(url, "nothing", null);
    }
    // A redirect may have sent a user and a password, and the URL is printed.
    HttpUrl answered = response.raw().request().url();
    return new RdapAnswer(answered.newBuilder().username("").password("").build().uri(), json);
  }
}
