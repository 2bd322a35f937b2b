/** What a step's Spark application did with its time and resources, condensed for the journal. Pure. */
@NullMarked
package org.emrelay.runner.profile;

import org.jspecify.annotations.NullMarked;
