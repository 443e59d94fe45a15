/**
 * Registered domains, asked of the registries (RDAP: RFC 9082, RFC 9083). A domain is <i>not
 * found</i> only if its own registry says so with a 404.
 */
@NullMarked
package dev.sluice.rdap;

import org.jspecify.annotations.NullMarked;
