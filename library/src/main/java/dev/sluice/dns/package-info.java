/**
 * Domain probes: which names exist. Verdicts keep 'there is no such name' apart from 'nobody could
 * say': only NXDOMAIN (RFC 2308, RFC 8020), and RDAP's 404, are <i>not found</i>.
 */
@NullMarked
package dev.sluice.dns;

import org.jspecify.annotations.NullMarked;
