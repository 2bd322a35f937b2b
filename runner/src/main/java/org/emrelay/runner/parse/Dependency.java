package org.emrelay.runner.parse;

/**
 * A reference from one step to another.
 *
 * @param path the JSON path of the reference
 * @param step the referenced name as written; such a step may not exist
 * @param readsOutput false if the step only runs after the other
 */
record Dependency(String path, String step, boolean readsOutput) {}
