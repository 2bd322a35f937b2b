/** The step {@code combine}: posts from files of any shape become one Parquet dataset partitioned by hour. */
@NullMarked
package org.emrelay.jobs.topics.combine;

import org.jspecify.annotations.NullMarked;
