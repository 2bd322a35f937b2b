/** The code that runs inside the JVM of each local step, around the step's own Spark application. */
@NullMarked
package org.emrelay.stepprocess;

import org.jspecify.annotations.NullMarked;
