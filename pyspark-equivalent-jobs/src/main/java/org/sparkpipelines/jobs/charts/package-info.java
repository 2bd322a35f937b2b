@NullMarked
package org.sparkpipelines.jobs.charts;

import org.jspecify.annotations.NullMarked;
