/**
 * HTTP over Netty: many calls without a thread for each, and TLS by BoringSSL where it is there.
 */
@NullMarked
package dev.sluice.netty;

import org.jspecify.annotations.NullMarked;
