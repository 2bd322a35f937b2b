/** Scores the current users of a log with the trained models. */
@NullMarked
package org.emrelay.jobs.churn.score;

import org.jspecify.annotations.NullMarked;
