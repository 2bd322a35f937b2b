/** How a step's Spark application used its time and resources, condensed for the journal. Pure. */
@NullMarked
package org.emrelay.runner.profile;

import org.jspecify.annotations.NullMarked;
