/**
 * From the network to the disk, for any key: a recipe, a policy and a folder. A domain of your own
 * starts here.
 */
@NullMarked
package dev.sluice.fetch;

import org.jspecify.annotations.NullMarked;
