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
              "content-security-policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                  + " connect-src 'self'; base-uri 'none'; form-action 'self';"
                  + " frame-ancestors 'none'")
          .set("x-frame-options", "DENY")
          .set("referrer-policy", "no-referrer")
          .set("cross-origin-opener-policy", "same-origin")
          .set("permissions-policy", "camera=(), geolocation=(), microphone=()")
          .copy(false);

  /** For JSON, style sheets and scripts; a browser may show them as documents, too. */
  static final MultiMap FOR_DATA =
      common()
          .set("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
          .copy(false);

  private ResponseHeaders() {}

  private static MultiMap common() {
    return HttpHeaders.headers()
        .set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .set("x-content-type-options", "nosniff")
        .set("cross-origin-resource-policy", "same-origin");
  }
}
