@NullMarked
package org.sparkpipelines.runner.platform.emr.preflight;

import org.jspecify.annotations.NullMarked;
