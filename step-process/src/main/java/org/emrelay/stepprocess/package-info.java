/** What runs inside the JVM of each local step. */
@NullMarked
package org.emrelay.stepprocess;

import org.jspecify.annotations.NullMarked;
