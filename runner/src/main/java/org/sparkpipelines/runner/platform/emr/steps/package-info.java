@NullMarked
package org.sparkpipelines.runner.platform.emr.steps;

import org.jspecify.annotations.NullMarked;
