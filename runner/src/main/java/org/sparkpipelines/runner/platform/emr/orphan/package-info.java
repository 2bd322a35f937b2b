@NullMarked
package org.sparkpipelines.runner.platform.emr.orphan;

import org.jspecify.annotations.NullMarked;
