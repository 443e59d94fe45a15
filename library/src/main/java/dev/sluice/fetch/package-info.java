/** Downloads to files for keys of your own: a recipe, a policy and a folder make a pipeline. */
@NullMarked
package dev.sluice.fetch;

import org.jspecify.annotations.NullMarked;
