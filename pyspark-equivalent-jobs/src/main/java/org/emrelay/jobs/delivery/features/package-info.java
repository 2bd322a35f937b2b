/** The features step: fits or applies the pipeline from prepared orders to feature vectors. */
@NullMarked
package org.emrelay.jobs.delivery.features;

import org.jspecify.annotations.NullMarked;
