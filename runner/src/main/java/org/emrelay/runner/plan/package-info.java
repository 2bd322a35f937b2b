/** The planner: turns a pipeline and the hashes of its files into an execution plan. Pure, without I/O, clock or environment. */
@NullMarked
package org.emrelay.runner.plan;

import org.jspecify.annotations.NullMarked;
