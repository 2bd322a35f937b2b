/** EMR clusters: the RunJobFlow call, waiting for startup, and descriptions of clusters, fleets, instances and steps. */
@NullMarked
package org.emrelay.runner.platform.emr.cluster;

import org.jspecify.annotations.NullMarked;
