@NullMarked
package org.sparkpipelines.jobs.delivery.tables;

import org.jspecify.annotations.NullMarked;
