@NullMarked
package org.sparkpipelines.jobs.delivery.prepare;

import org.jspecify.annotations.NullMarked;
