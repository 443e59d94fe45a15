/** The command that downloads flags of countries. */
@NullMarked
package dev.sluice.samples.flags;

import org.jspecify.annotations.NullMarked;
