/**
 * Puts small things on disk whole or not at all: {@link dev.sluice.disk.FileName} is parsed at the
 * door and cannot leave its {@link dev.sluice.disk.Folder}, which writes each file by an atomic
 * move. Plain blocking Java: whoever calls decides on which thread.
 */
@NullMarked
package dev.sluice.disk;

import org.jspecify.annotations.NullMarked;
