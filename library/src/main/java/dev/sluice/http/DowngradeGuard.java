package dev.sluice.http;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** Refuses a redirect from https to http: it would send the path and the query in clear text. */
final class DowngradeGuard implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    return checked(chain.request(), chain.proceed(chain.request()));
  }

  static Response checked(Request request, Response response) throws IOException {
    String location = response.isRedirect() ? response.header("Location") : null;
    HttpUrl target = location == null ? null : request.url().resolve(location);
    if (target != null && request.isHttps() && !target.isHttps()) {
      response.close();
      throw new CallException(
          request, "redirected from https to " + UrlText.withoutUser(target) + ", refused", null);
    }
    return response;
  }
}
