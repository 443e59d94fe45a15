/**
 * The core: how a work is limited, timed and retried, and how its results are reported.
 *
 * <p>A {@linkplain dev.sluice.Work work} is a cold {@code Maybe} for each key. A {@linkplain
 * dev.sluice.Pipeline pipeline} makes a stream of {@linkplain dev.sluice.Outcome outcomes} of a
 * stream of keys: N keys in, N outcomes out. A {@linkplain dev.sluice.Policy policy} has the
 * {@linkplain dev.sluice.Limiter limiter}, the timeouts, the {@linkplain dev.sluice.Retry retry}
 * and the {@linkplain dev.sluice.IoSchedulers schedulers}.
 */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
