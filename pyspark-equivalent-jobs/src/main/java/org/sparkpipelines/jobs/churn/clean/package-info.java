@NullMarked
package org.sparkpipelines.jobs.churn.clean;

import org.jspecify.annotations.NullMarked;
