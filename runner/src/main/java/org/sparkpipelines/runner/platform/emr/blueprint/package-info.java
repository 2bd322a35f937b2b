@NullMarked
package org.sparkpipelines.runner.platform.emr.blueprint;

import org.jspecify.annotations.NullMarked;
