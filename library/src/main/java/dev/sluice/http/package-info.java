/**
 * Retrofit interfaces under a policy: {@link dev.sluice.http.HttpClient}. The only package that
 * builds OkHttp and Retrofit: connections, redirects, statuses, {@code Retry-After}, bodies,
 * decoding.
 */
@NullMarked
package dev.sluice.http;

import org.jspecify.annotations.NullMarked;
