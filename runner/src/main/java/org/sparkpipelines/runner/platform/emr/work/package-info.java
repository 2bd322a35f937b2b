@NullMarked
package org.sparkpipelines.runner.platform.emr.work;

import org.jspecify.annotations.NullMarked;
