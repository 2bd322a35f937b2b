@NullMarked
package org.sparkpipelines.runner.spec;

import org.jspecify.annotations.NullMarked;
