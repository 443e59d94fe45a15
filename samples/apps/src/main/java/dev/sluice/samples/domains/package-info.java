/** Commands that find out which domain names exist: a few for people, or millions for a file. */
@NullMarked
package dev.sluice.samples.domains;

import org.jspecify.annotations.NullMarked;
