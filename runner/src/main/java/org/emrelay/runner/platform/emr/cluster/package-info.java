@NullMarked
package org.emrelay.runner.platform.emr.cluster;

import org.jspecify.annotations.NullMarked;
