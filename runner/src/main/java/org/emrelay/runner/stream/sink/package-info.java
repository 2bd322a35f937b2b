/** Sinks that write posts to local files. */
@NullMarked
package org.emrelay.runner.stream.sink;

import org.jspecify.annotations.NullMarked;
