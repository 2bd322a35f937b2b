@NullMarked
package org.sparkpipelines.jobs.learning;

import org.jspecify.annotations.NullMarked;
