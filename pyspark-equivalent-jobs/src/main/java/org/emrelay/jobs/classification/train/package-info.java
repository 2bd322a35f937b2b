/** The training job: stratified split, leakage check, grid search by cross-validation, final fits. */
@NullMarked
package org.emrelay.jobs.classification.train;

import org.jspecify.annotations.NullMarked;
