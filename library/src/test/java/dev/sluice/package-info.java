/** Tests through the public API: virtual time, real sockets on loopback, no sleeps. */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
