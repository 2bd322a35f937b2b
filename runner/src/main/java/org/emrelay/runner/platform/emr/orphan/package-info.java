@NullMarked
package org.emrelay.runner.platform.emr.orphan;

import org.jspecify.annotations.NullMarked;
