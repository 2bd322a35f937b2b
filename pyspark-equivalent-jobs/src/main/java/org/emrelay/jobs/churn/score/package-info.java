@NullMarked
package org.emrelay.jobs.churn.score;

import org.jspecify.annotations.NullMarked;
