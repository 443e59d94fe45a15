package dev.sluice.http;

import java.util.ArrayList;
import java.util.List;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The request that brought the body, after redirects: kept with the first one as a tag, for the
 * message of a body that does not decode.
 */
final class LastHop {
  private volatile @Nullable Request request;
  private final List<String> redirects = new ArrayList<>();

  /** The last response of OkHttp to this call, as the interceptors of the user got it. */
  private volatile @Nullable Response received;

  /**
   * Notes a redirect.
   *
   * @return the redirects from {@code to} back to it; empty if they are no loop
   */
  synchronized String loop(String from, String to) {
    if (!redirects.contains(from)) {
      redirects.add(from);
    }
    int start = redirects.indexOf(to);
    return start < 0
        ? ""
        : String.join(", ", redirects.subList(start, redirects.size())) + ", " + to;
  }

  /** The call begins again. */
  static void reset(Request first) {
    LastHop hop = first.tag(LastHop.class);
    if (hop != null) {
      hop.forget();
    }
  }

  private synchronized void forget() {
    redirects.clear();
  }

  /** The request itself, as long as nothing was noted. */
  static Request of(Request first) {
    LastHop hop = first.tag(LastHop.class);
    Request last = hop == null ? null : hop.request;
    return last == null ? first : last;
  }

  static Response received(Response response) {
    LastHop hop = response.request().tag(LastHop.class);
    if (hop != null) {
      hop.received = response;
    }
    return response;
  }

  /** Closes the last response, if there is one. */
  static void close(Request first) {
    LastHop hop = first.tag(LastHop.class);
    Response open = hop == null ? null : hop.received;
    if (open != null) {
      open.close();
    }
  }

  static void note(Request first, Request last) {
    LastHop hop = first.tag(LastHop.class);
    if (hop != null) {
      hop.request = last;
    }
  }
}
