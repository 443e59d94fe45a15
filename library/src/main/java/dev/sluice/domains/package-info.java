/**
 * What is known of domain names: registered, reserved, about to be deleted or likely free, with the
 * evidence. A source that does not answer proves nothing.
 */
@NullMarked
package dev.sluice.domains;

import org.jspecify.annotations.NullMarked;
