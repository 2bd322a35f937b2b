@NullMarked
package org.emrelay.jobs.churn.events;

import org.jspecify.annotations.NullMarked;
