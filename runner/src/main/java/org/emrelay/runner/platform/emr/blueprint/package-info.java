@NullMarked
package org.emrelay.runner.platform.emr.blueprint;

import org.jspecify.annotations.NullMarked;
