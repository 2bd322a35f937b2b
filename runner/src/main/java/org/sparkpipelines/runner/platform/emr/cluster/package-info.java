@NullMarked
package org.sparkpipelines.runner.platform.emr.cluster;

import org.jspecify.annotations.NullMarked;
