/** The train step: fits the delivery model, evaluates it against the carrier's estimate and writes the report page. */
@NullMarked
package org.emrelay.jobs.delivery.train;

import org.jspecify.annotations.NullMarked;
