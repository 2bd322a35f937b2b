@NullMarked
package org.sparkpipelines.runner.platform.emr.access;

import org.jspecify.annotations.NullMarked;
