@NullMarked
package org.sparkpipelines.runner.plan;

import org.jspecify.annotations.NullMarked;
