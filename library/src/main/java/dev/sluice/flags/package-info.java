/**
 * Flags of countries from a server with the layout of the Fluent Python examples, in memory or to
 * files.
 */
@NullMarked
package dev.sluice.flags;

import org.jspecify.annotations.NullMarked;
