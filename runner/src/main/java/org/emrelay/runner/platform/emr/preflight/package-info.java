@NullMarked
package org.emrelay.runner.platform.emr.preflight;

import org.jspecify.annotations.NullMarked;
