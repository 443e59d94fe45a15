/**
 * Zone files: the names that a registry has delegated, as a filter of a byte and a bit for each
 * name. Millions of candidates are screened by it before a server is asked for one.
 */
@NullMarked
package dev.sluice.zonefile;

import org.jspecify.annotations.NullMarked;
