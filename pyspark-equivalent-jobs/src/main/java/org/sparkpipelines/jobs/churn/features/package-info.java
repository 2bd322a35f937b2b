@NullMarked
package org.sparkpipelines.jobs.churn.features;

import org.jspecify.annotations.NullMarked;
