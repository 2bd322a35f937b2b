/** EMR on EC2: creating and terminating clusters. The subpackages hold steps, logs, preflight checks and queries. */
@NullMarked
package org.emrelay.runner.platform.emr;

import org.jspecify.annotations.NullMarked;
