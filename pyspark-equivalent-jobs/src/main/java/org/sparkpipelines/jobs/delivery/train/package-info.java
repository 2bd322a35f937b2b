@NullMarked
package org.sparkpipelines.jobs.delivery.train;

import org.jspecify.annotations.NullMarked;
