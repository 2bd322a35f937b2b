@NullMarked
package org.sparkpipelines.runner.platform.emr.identity;

import org.jspecify.annotations.NullMarked;
