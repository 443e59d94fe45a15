/**
 * Internal: datagrams, many per system call on Linux and one per call elsewhere. The package is
 * public for {@code dev.sluice.dns} alone and may change at any time.
 */
@NullMarked
package dev.sluice.dns.linux;

import org.jspecify.annotations.NullMarked;
