/**
 * Binary classifiers and their feature encoding: training, calibration, persistence and attributions. Independent of
 * any domain.
 */
@NullMarked
package org.emrelay.jobs.classification.models;

import org.jspecify.annotations.NullMarked;
