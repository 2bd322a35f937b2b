@NullMarked
package org.sparkpipelines.runner.model;

import org.jspecify.annotations.NullMarked;
