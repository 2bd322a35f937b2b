@NullMarked
package org.sparkpipelines.runner.cli;

import org.jspecify.annotations.NullMarked;
