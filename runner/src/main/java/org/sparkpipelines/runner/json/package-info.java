@NullMarked
package org.sparkpipelines.runner.json;

import org.jspecify.annotations.NullMarked;
