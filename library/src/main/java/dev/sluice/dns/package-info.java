/**
 * Domain probes: which names exist. A name is <i>not found</i> only if a server answered NXDOMAIN
 * (RFC 2308, RFC 8020); every other case without an answer is a failure.
 */
@NullMarked
package dev.sluice.dns;

import org.jspecify.annotations.NullMarked;
