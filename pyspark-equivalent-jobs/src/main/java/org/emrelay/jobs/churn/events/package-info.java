/** Generates a synthetic event log of a music service with the statistics of the published Sparkify log. */
@NullMarked
package org.emrelay.jobs.churn.events;

import org.jspecify.annotations.NullMarked;
