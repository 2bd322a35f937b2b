@NullMarked
package org.sparkpipelines.runner.platform;

import org.jspecify.annotations.NullMarked;
