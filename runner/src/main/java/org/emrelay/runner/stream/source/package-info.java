/** Sources of posts. */
@NullMarked
package org.emrelay.runner.stream.source;

import org.jspecify.annotations.NullMarked;
