@NullMarked
package org.sparkpipelines.runner.run;

import org.jspecify.annotations.NullMarked;
