/** What the commands that download and probe share: options, progress, report. */
@NullMarked
package dev.sluice.samples.apps;

import org.jspecify.annotations.NullMarked;
