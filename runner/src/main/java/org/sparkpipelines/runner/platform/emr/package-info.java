@NullMarked
package org.sparkpipelines.runner.platform.emr;

import org.jspecify.annotations.NullMarked;
