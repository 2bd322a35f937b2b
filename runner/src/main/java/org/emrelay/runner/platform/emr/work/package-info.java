@NullMarked
package org.emrelay.runner.platform.emr.work;

import org.jspecify.annotations.NullMarked;
