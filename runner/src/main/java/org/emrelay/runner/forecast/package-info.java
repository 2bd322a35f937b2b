/** Forecasts the duration and cost of a run from earlier runs of its pipeline. Pure. */
@NullMarked
package org.emrelay.runner.forecast;

import org.jspecify.annotations.NullMarked;
