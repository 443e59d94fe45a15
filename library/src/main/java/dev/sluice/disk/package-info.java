/**
 * Writes small files atomically: a {@link dev.sluice.disk.Folder} moves each finished file to its
 * name, and a {@link dev.sluice.disk.FileName} cannot point outside of the folder. Plain blocking
 * Java: all work runs on the thread of the caller.
 */
@NullMarked
package dev.sluice.disk;

import org.jspecify.annotations.NullMarked;
