package dev.sluice.http;

import java.io.IOException;
import java.util.Set;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * What the head of every answer must say, redirects included, before OkHttp acts upon it. OkHttp
 * would try again by itself after some statuses (408, 503), stumble over one (407), and read an
 * unclear length as none at all; when to try again is for the policy to say.
 */
final class HeadRules implements Interceptor {
  private static final String LENGTH = "Content-Length";

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    Set<String> lengths = Set.copyOf(response.headers(LENGTH));
    // RFC 9112, section 6.3: anything but one number makes the end of the body a guess.
    if (lengths.size() > 1 || !lengths.stream().allMatch(it -> it.matches("[0-9]{1,18}"))) {
      throw new CallException(
          chain.request(), "a " + LENGTH + " that makes no sense: " + lengths, null);
    }
    if (!bringsABody(response) && !leadsOn(response)) {
      response.close();
      throw new StatusException(response);
    }
    return response;
  }

  private static boolean bringsABody(Response response) {
    return response.isSuccessful() && response.code() != 204 && response.code() != 205;
  }

  private static boolean leadsOn(Response response) {
    String location = response.header("Location");
    return response.isRedirect()
        && location != null
        && response.request().url().resolve(location) != null;
  }
}
