@NullMarked
package org.sparkpipelines.jobs.churn.events;

import org.jspecify.annotations.NullMarked;
