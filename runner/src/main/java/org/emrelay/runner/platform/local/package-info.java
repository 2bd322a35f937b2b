/** Runs steps on this machine: Spark embedded, a process for each attempt, over a directory. */
@NullMarked
package org.emrelay.runner.platform.local;

import org.jspecify.annotations.NullMarked;
