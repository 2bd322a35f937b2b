@NullMarked
package org.sparkpipelines.jobs.classification.evaluate;

import org.jspecify.annotations.NullMarked;
