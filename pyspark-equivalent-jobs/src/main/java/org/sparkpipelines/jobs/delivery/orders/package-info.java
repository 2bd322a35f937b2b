@NullMarked
package org.sparkpipelines.jobs.delivery.orders;

import org.jspecify.annotations.NullMarked;
