/**
 * Parsers from the two JSON files, steps and cluster, to the model.
 * They collect all problems instead of stopping at the first one.
 */
@NullMarked
package org.emrelay.runner.parse;

import org.jspecify.annotations.NullMarked;
