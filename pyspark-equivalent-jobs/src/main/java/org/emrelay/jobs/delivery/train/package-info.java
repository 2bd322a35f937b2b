@NullMarked
package org.emrelay.jobs.delivery.train;

import org.jspecify.annotations.NullMarked;
