/**
 * Converts what other tools know about a pipeline on EMR to our two files: state machines, steps of {@code aws emr add-steps}, RunJobFlow requests
 * and the answers of {@code aws emr describe-cluster}. What cannot be carried over is listed, never dropped in silence.
 */
@NullMarked
package org.emrelay.runner.parse.imported;

import org.jspecify.annotations.NullMarked;
