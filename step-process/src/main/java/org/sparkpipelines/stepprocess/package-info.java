/** What runs inside the JVM of each local step. */
@NullMarked
package org.sparkpipelines.stepprocess;

import org.jspecify.annotations.NullMarked;
