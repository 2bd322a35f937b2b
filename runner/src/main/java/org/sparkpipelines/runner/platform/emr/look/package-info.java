@NullMarked
package org.sparkpipelines.runner.platform.emr.look;

import org.jspecify.annotations.NullMarked;
