/** The step {@code posts}: generates sample posts whose topics are known. */
@NullMarked
package org.emrelay.jobs.topics.posts;

import org.jspecify.annotations.NullMarked;
