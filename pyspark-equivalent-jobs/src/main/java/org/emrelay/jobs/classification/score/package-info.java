/** The scoring job: applies a trained classifier to new rows. */
@NullMarked
package org.emrelay.jobs.classification.score;

import org.jspecify.annotations.NullMarked;
