package dev.sluice.samples.mojifinder;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * The header fields that every response begins with: caching and security. As read-only maps, which
 * Vert.x shares between responses.
 */
final class ResponseHeaders {
  static final MultiMap FOR_PAGES =
      common()
          .set(
              optimized("content-security-policy"),
              optimized(
                  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                      + " connect-src 'self'; base-uri 'none'; form-action 'self';"
                      + " frame-ancestors 'none'"))
          .set(optimized("x-frame-options"), optimized("DENY"))
          .set(optimized("referrer-policy"), optimized("no-referrer"))
          .set(optimized("cross-origin-opener-policy"), optimized("same-origin"))
          .set(
              optimized("permissions-policy"),
              optimized("camera=(), geolocation=(), microphone=()"))
          .copy(false);

  /** For JSON, style sheets and scripts; a browser may show them as documents, too. */
  static final MultiMap FOR_DATA =
      common()
          .set(
              optimized("content-security-policy"),
              optimized("default-src 'none'; frame-ancestors 'none'"))
          .copy(false);

  private ResponseHeaders() {}

  private static MultiMap common() {
    return HttpHeaders.headers()
        .set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .set(optimized("x-content-type-options"), optimized("nosniff"))
        .set(optimized("cross-origin-resource-policy"), optimized("same-origin"));
  }

  /** Characters that were encoded once; a {@link String} would be encoded for each response. */
  private static CharSequence optimized(String text) {
    return HttpHeaders.createOptimized(text);
  }
}
