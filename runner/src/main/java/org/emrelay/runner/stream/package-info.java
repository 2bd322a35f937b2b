/** Streams: posts from a source go to a sink, and the position of the source is saved only after what was read is kept. */
@NullMarked
package org.emrelay.runner.stream;

import org.jspecify.annotations.NullMarked;
