/** Flags of countries, from a server in the layout of the Fluent Python examples to files. */
@NullMarked
package dev.sluice.flags;

import org.jspecify.annotations.NullMarked;
