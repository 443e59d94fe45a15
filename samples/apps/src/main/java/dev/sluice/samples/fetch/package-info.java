/** The command that downloads any list of URLs into a folder. */
@NullMarked
package dev.sluice.samples.fetch;

import org.jspecify.annotations.NullMarked;
