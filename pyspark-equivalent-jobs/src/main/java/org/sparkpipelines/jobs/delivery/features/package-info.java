@NullMarked
package org.sparkpipelines.jobs.delivery.features;

import org.jspecify.annotations.NullMarked;
