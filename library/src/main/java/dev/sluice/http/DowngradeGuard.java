package dev.sluice.http;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Refuses a redirect from https to http: it would send the path and the query in clear text. */
final class DowngradeGuard implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String location = response.isRedirect() ? response.header("Location") : null;
    HttpUrl target = location == null ? null : chain.request().url().resolve(location);
    if (target != null && chain.request().isHttps() && !target.isHttps()) {
      response.close();
      throw new CallException(
          chain.request(),
          "redirected from https to " + UrlText.withoutUser(target) + ", refused",
          null);
    }
    return response;
  }
}
