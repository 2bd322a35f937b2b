@NullMarked
package org.sparkpipelines.jobs.delivery.score;

import org.jspecify.annotations.NullMarked;
