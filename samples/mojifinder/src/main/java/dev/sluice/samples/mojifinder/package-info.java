/**
 * Finds characters by the words of their Unicode names: an index, and a command, a TCP server and a
 * web server that search it.
 */
@NullMarked
package dev.sluice.samples.mojifinder;

import org.jspecify.annotations.NullMarked;
