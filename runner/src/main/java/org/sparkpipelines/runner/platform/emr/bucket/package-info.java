@NullMarked
package org.sparkpipelines.runner.platform.emr.bucket;

import org.jspecify.annotations.NullMarked;
