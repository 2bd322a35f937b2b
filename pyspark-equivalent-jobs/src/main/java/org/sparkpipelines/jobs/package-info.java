@NullMarked
package org.sparkpipelines.jobs;

import org.jspecify.annotations.NullMarked;
