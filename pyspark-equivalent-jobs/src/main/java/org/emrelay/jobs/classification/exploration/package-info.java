/** Descriptive statistics of an event log by cohort, shown on report pages and never used for training. */
@NullMarked
package org.emrelay.jobs.classification.exploration;

import org.jspecify.annotations.NullMarked;
