/**
 * Draws the flags while the project is built. Nothing here is in the jar: what runs later carries
 * the finished GIFs, and neither SVGs nor a renderer.
 */
@NullMarked
package dev.sluice.samples.servers.drawing;

import org.jspecify.annotations.NullMarked;
