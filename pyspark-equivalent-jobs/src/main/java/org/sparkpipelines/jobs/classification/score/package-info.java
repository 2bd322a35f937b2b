@NullMarked
package org.sparkpipelines.jobs.classification.score;

import org.jspecify.annotations.NullMarked;
