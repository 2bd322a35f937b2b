/** What a run will take and cost, from earlier runs of its pipeline. Pure. */
@NullMarked
package org.emrelay.runner.forecast;

import org.jspecify.annotations.NullMarked;
