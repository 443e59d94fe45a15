/** The command that shows what sites answer. */
@NullMarked
package dev.sluice.samples.sitecheck;

import org.jspecify.annotations.NullMarked;
