/** What sites answer, at a glance. */
@NullMarked
package dev.sluice.samples.sitecheck;

import org.jspecify.annotations.NullMarked;
