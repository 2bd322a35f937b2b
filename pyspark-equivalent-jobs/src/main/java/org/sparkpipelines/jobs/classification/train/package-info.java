@NullMarked
package org.sparkpipelines.jobs.classification.train;

import org.jspecify.annotations.NullMarked;
