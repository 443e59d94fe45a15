/**
 * The core: how work is bounded, timed, retried and told.
 *
 * <p>A piece of {@linkplain dev.sluice.Work work} is a cold {@code Maybe} per key; a {@linkplain
 * dev.sluice.Pipeline pipeline} turns a stream of keys into a stream of {@linkplain
 * dev.sluice.Outcome outcomes}: N keys in, N outcomes out. A {@linkplain dev.sluice.Policy policy}
 * says how: with which {@linkplain dev.sluice.Limiter limiter}, clocks, {@linkplain
 * dev.sluice.Retry retry} and {@linkplain dev.sluice.IoSchedulers schedulers}.
 */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
