package dev.sluice.http;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** Refuses a redirect to a URL that has already redirected the same call. */
final class LoopGuard implements Interceptor {
  private final boolean mayHaveCookies;

  /**
   * Makes the guard of one client.
   *
   * @param mayHaveCookies whether the same request may bring another response after a cookie
   */
  LoopGuard(boolean mayHaveCookies) {
    this.mayHaveCookies = mayHaveCookies;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return checked(chain.request(), chain.proceed(chain.request()));
  }

  Response checked(Request request, Response response) throws IOException {
    String location = response.isRedirect() ? response.header("Location") : null;
    HttpUrl target = location == null ? null : request.url().resolve(location);
    LastHop hop = request.tag(LastHop.class);
    boolean hasNewCookies = mayHaveCookies && response.header("Set-Cookie") != null;
    if (target == null || hop == null || hasNewCookies) {
      return response;
    }
    String loop = hop.loop(step(request.method(), request.url()), next(request, response, target));
    if (!loop.isEmpty()) {
      response.close();
      throw new CallException(request, "a redirect loop: " + loop, null);
    }
    return response;
  }

  /** OkHttp follows with GET what is neither GET nor HEAD. */
  private static String next(Request request, Response response, HttpUrl target) {
    boolean isSame =
        request.method().equals("HEAD") || response.code() == 307 || response.code() == 308;
    return step(isSame ? request.method() : "GET", target);
  }

  private static String step(String method, HttpUrl url) {
    String text = UrlText.withoutUser(url).newBuilder().fragment(null).toString();
    return method.equals("GET") ? text : method + " " + text;
  }
}
