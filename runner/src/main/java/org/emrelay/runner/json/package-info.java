/**
 * Parses and writes JSON as a lossless tree. What the JSON means is the business of other packages.
 */
@NullMarked
package org.emrelay.runner.json;

import org.jspecify.annotations.NullMarked;
