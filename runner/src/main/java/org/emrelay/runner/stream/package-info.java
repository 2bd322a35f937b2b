/** Streams: posts go from a source to a sink, and the position of the source is saved only after they are kept. */
@NullMarked
package org.emrelay.runner.stream;

import org.jspecify.annotations.NullMarked;
