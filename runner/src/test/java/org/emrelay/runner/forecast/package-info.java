@NullMarked
package org.emrelay.runner.forecast;

import org.jspecify.annotations.NullMarked;
