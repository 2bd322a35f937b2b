/** Sinks of posts on this machine. */
@NullMarked
package org.emrelay.runner.stream.sink;

import org.jspecify.annotations.NullMarked;
