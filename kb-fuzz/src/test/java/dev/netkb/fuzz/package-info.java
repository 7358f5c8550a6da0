/**
 * Coverage-guided fuzzing of everything that reads files. In the normal build each target sees its seeds and a few
 * thousand mutated inputs; {@code FuzzingTest} says how to let it run for hours.
 */
package dev.netkb.fuzz;
