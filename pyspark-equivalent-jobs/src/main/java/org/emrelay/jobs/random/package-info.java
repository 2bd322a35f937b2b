/** Reproducible pseudo-random numbers, used by sample data generators, bootstraps and permutations. */
@NullMarked
package org.emrelay.jobs.random;

import org.jspecify.annotations.NullMarked;
