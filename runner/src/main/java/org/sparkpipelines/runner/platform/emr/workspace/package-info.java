@NullMarked
package org.sparkpipelines.runner.platform.emr.workspace;

import org.jspecify.annotations.NullMarked;
