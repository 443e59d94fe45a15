/**
 * Characters by the words of their Unicode names: an index, and a command line, a TCP server and a
 * web service that ask it.
 */
@NullMarked
package dev.sluice.samples.mojifinder;

import org.jspecify.annotations.NullMarked;
