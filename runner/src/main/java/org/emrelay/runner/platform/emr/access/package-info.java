@NullMarked
package org.emrelay.runner.platform.emr.access;

import org.jspecify.annotations.NullMarked;
