/**
 * Readers that turn exported files into a snapshot, and the writer of the project's own format.
 *
 * <p>One way through: {@code file} finds the files of a snapshot, in directories and archives too; {@code json} parses a file into a tree that knows where each value stands; {@link
 * dev.netkb.api.read.Documents} recognises by content what the file holds; {@code template} evaluates templates into
 * resources; {@code azure} maps resources to facts, joins what several files say of one thing, and builds the snapshot.
 *
 * <ul>
 *   <li>A new <b>resource type</b>: a {@code Mapper} in {@code azure}, listed in {@code Mappers}; the fields that no rule
 *       needs go into {@code ignored-fields.properties}.
 *   <li>A new <b>shape</b> (an envelope, or an answer that is no resource): a case in {@code Documents.object}.
 *   <li>A new <b>template function</b>: an entry in {@code template.Functions}.
 *   <li>A new <b>kind of file</b> that is no JSON: see {@code file}.
 *   <li>A new <b>problem</b>: a constant of {@code json.ProblemCode} and its page in {@code docs/errors}.
 *   <li>A new <b>fact</b>: also {@link dev.netkb.api.read.SnapshotWriter}, which must write what the readers read.
 * </ul>
 */
@NullMarked
package dev.netkb.api.read;

import org.jspecify.annotations.NullMarked;
