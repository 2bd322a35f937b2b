@NullMarked
package org.emrelay.runner.platform.emr.look;

import org.jspecify.annotations.NullMarked;
