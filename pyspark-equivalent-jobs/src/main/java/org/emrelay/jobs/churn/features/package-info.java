/** Builds one row of features and a label per user from cleaned events. */
@NullMarked
package org.emrelay.jobs.churn.features;

import org.jspecify.annotations.NullMarked;
