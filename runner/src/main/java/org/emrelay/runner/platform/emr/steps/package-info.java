@NullMarked
package org.emrelay.runner.platform.emr.steps;

import org.jspecify.annotations.NullMarked;
