/** The score step: predicts delivery days and late probability of open orders. */
@NullMarked
package org.emrelay.jobs.delivery.score;

import org.jspecify.annotations.NullMarked;
