/**
 * The evaluation job: metrics, confidence intervals, feature importance, sanity check and report page for held-out
 * rows.
 */
@NullMarked
package org.emrelay.jobs.classification.evaluate;

import org.jspecify.annotations.NullMarked;
