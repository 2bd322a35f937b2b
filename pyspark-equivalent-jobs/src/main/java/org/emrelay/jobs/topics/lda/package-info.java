/** Latent Dirichlet allocation in memory: fits, coherence, stability, and the choice of the number of topics. No Spark. */
@NullMarked
package org.emrelay.jobs.topics.lda;

import org.jspecify.annotations.NullMarked;
