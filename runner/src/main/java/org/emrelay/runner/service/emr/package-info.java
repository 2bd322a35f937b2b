/** The platform EMR on EC2: clusters of instance fleets, workspaces in buckets. */
@NullMarked
package org.emrelay.runner.service.emr;

import org.jspecify.annotations.NullMarked;
