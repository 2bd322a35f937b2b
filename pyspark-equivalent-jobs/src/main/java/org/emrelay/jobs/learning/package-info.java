/**
 * Model-independent statistics: ranking and calibration metrics, bootstrap intervals, permutation importance, model
 * parameters.
 */
@NullMarked
package org.emrelay.jobs.learning;

import org.jspecify.annotations.NullMarked;
