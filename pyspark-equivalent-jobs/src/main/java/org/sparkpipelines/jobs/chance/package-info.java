@NullMarked
package org.sparkpipelines.jobs.chance;

import org.jspecify.annotations.NullMarked;
