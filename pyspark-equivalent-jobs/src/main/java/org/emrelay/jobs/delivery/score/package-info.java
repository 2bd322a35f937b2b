@NullMarked
package org.emrelay.jobs.delivery.score;

import org.jspecify.annotations.NullMarked;
