/**
 * From the network to files. {@link dev.sluice.fetch.Downloads}: any URLs, of any length, resumed.
 * {@link dev.sluice.fetch.Fetch}: small documents for keys of your own, by a recipe, a policy and a
 * folder.
 */
@NullMarked
package dev.sluice.fetch;

import org.jspecify.annotations.NullMarked;
