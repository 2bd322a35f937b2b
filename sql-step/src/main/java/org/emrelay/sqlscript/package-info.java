/** SQL files without Spark: their statements, parameters and what is wrong with them. Pure, so that the runner uses it too. */
@NullMarked
package org.emrelay.sqlscript;

import org.jspecify.annotations.NullMarked;
