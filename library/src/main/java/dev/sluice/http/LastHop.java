package dev.sluice.http;

import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The request that brought the body, after redirects: kept with the first one as a tag, for the
 * message of a body that does not decode.
 */
final class LastHop {
  private volatile @Nullable Request request;

  /** The request itself, as long as nothing was noted. */
  static Request of(Request first) {
    LastHop hop = first.tag(LastHop.class);
    Request last = hop == null ? null : hop.request;
    return last == null ? first : last;
  }

  static void note(Request first, Request last) {
    LastHop hop = first.tag(LastHop.class);
    if (hop != null) {
      hop.request = last;
    }
  }
}
