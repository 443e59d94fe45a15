/** The command that shows titles of pages: network threads fetch, computation threads parse. */
@NullMarked
package dev.sluice.samples.titles;

import org.jspecify.annotations.NullMarked;
