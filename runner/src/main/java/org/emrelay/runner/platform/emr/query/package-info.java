@NullMarked
package org.emrelay.runner.platform.emr.query;

import org.jspecify.annotations.NullMarked;
