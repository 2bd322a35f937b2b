/** Shared infrastructure of the Spark jobs: command-line flags, input tables, output directories and user-facing errors. */
@NullMarked
package org.emrelay.jobs;

import org.jspecify.annotations.NullMarked;
