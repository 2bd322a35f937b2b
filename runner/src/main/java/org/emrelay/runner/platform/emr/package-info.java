@NullMarked
package org.emrelay.runner.platform.emr;

import org.jspecify.annotations.NullMarked;
