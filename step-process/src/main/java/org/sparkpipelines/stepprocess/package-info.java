@NullMarked
package org.sparkpipelines.stepprocess;

import org.jspecify.annotations.NullMarked;
