@NullMarked
package org.emrelay.runner.platform.emr.workspace;

import org.jspecify.annotations.NullMarked;
