@NullMarked
package org.sparkpipelines.jobs.churn.score;

import org.jspecify.annotations.NullMarked;
