/** The launcher: main class, terminal, and what the options and messages of all commands share. */
@NullMarked
package dev.sluice.samples;

import org.jspecify.annotations.NullMarked;
