/** The fake EMR: clusters, fleets, steps and YARN applications in simulated time. */
@NullMarked
package org.emrelay.runner.fakeaws.emr;

import org.jspecify.annotations.NullMarked;
