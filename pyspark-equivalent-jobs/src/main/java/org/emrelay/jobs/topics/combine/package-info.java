/** The step {@code combine}: combines posts from any files into one Parquet dataset, partitioned by hour. */
@NullMarked
package org.emrelay.jobs.topics.combine;

import org.jspecify.annotations.NullMarked;
