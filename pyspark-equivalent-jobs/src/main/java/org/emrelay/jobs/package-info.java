/** Shared infrastructure of the Spark jobs: their session, partitioning and column names. */
@NullMarked
package org.emrelay.jobs;

import org.jspecify.annotations.NullMarked;
