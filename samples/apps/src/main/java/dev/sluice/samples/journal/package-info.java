/** The commands that show what journals say. */
@NullMarked
package dev.sluice.samples.journal;

import org.jspecify.annotations.NullMarked;
