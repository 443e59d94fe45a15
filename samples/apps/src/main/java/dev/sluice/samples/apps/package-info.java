/** The options, the progress and the summary that the commands of this module share. */
@NullMarked
package dev.sluice.samples.apps;

import org.jspecify.annotations.NullMarked;
