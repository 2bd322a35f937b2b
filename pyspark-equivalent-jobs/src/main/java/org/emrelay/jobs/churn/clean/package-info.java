@NullMarked
package org.emrelay.jobs.churn.clean;

import org.jspecify.annotations.NullMarked;
