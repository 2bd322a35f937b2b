@NullMarked
package org.sparkpipelines.runner.platform.emr.price;

import org.jspecify.annotations.NullMarked;
