/**
 * Draws the flags during the build. The jar contains the finished GIFs, but neither this package
 * nor the SVGs and their renderer.
 */
@NullMarked
package dev.sluice.samples.servers.drawing;

import org.jspecify.annotations.NullMarked;
