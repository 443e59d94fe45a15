/**
 * The one place that assembles OkHttp and Retrofit: connections sized from the limiter, redirects,
 * statuses, {@code Retry-After}, the rules for bodies.
 */
@NullMarked
package dev.sluice.http;

import org.jspecify.annotations.NullMarked;
