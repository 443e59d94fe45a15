/** The events of a limiter as Micrometer meters and as events of the JDK Flight Recorder. */
@NullMarked
package dev.sluice.samples.watching;

import org.jspecify.annotations.NullMarked;
