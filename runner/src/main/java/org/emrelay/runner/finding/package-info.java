/** What a step's Spark application lost time or resources to, and the one setting that would help. Pure. */
@NullMarked
package org.emrelay.runner.finding;

import org.jspecify.annotations.NullMarked;
