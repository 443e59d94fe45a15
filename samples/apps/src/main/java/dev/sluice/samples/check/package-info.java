/** A command that says of names whether they are registered or likely free, and why. */
@NullMarked
package dev.sluice.samples.check;

import org.jspecify.annotations.NullMarked;
