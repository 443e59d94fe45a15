/** Which names of domains exist: a few of them for people to read, and millions for files. */
@NullMarked
package dev.sluice.samples.domains;

import org.jspecify.annotations.NullMarked;
