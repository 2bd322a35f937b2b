@NullMarked
package org.emrelay.jobs.delivery.features;

import org.jspecify.annotations.NullMarked;
