/** One launcher, a subcommand per sample. */
@NullMarked
package dev.sluice.samples;

import org.jspecify.annotations.NullMarked;
