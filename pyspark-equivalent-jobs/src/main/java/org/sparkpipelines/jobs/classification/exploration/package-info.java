@NullMarked
package org.sparkpipelines.jobs.classification.exploration;

import org.jspecify.annotations.NullMarked;
