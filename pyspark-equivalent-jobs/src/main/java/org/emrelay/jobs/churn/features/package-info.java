@NullMarked
package org.emrelay.jobs.churn.features;

import org.jspecify.annotations.NullMarked;
