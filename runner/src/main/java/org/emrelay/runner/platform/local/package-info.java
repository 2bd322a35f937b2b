/** The local platform: runs each attempt as a child process with embedded Spark, over a workspace in a directory. */
@NullMarked
package org.emrelay.runner.platform.local;

import org.jspecify.annotations.NullMarked;
