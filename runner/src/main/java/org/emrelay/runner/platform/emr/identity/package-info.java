@NullMarked
package org.emrelay.runner.platform.emr.identity;

import org.jspecify.annotations.NullMarked;
