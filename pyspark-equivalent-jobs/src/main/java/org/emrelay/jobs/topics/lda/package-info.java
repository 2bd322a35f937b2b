/** Latent Dirichlet allocation in memory, without Spark: fitting, coherence, stability, number of topics. */
@NullMarked
package org.emrelay.jobs.topics.lda;

import org.jspecify.annotations.NullMarked;
