@NullMarked
package org.sparkpipelines.runner.report;

import org.jspecify.annotations.NullMarked;
