/** Recipes to copy: one file each, with a plain {@code main} and no dependency but Sluice. */
@NullMarked
package dev.sluice.samples.hello;

import org.jspecify.annotations.NullMarked;
