@NullMarked
package org.emrelay.runner.plan;

import org.jspecify.annotations.NullMarked;
