/**
 * Internal: DNS messages as bytes (RFC 1035). Bytes in, values out; no sockets, threads or time.
 * The package is public for {@code dev.sluice.dns} alone and may change at any time.
 */
@NullMarked
package dev.sluice.dns.wire;

import org.jspecify.annotations.NullMarked;
