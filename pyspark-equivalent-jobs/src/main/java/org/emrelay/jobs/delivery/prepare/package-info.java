@NullMarked
package org.emrelay.jobs.delivery.prepare;

import org.jspecify.annotations.NullMarked;
