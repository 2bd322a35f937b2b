@NullMarked
package org.emrelay.runner.platform.emr.bucket;

import org.jspecify.annotations.NullMarked;
