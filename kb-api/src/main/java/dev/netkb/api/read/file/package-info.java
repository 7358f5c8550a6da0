/**
 * From paths and streams to the files of snapshots: directories, archives, packed files and JSON lines. {@link
 * dev.netkb.api.read.file.SnapshotFiles} is what others use of it. What the files hold is not its matter, and the readers
 * do not know where the files came from.
 *
 * <p>A new <b>kind of file</b> that people give and that is no JSON: a constant of {@code FileKind}, with the way to make
 * JSON of it.
 */
@NullMarked
package dev.netkb.api.read.file;

import org.jspecify.annotations.NullMarked;
