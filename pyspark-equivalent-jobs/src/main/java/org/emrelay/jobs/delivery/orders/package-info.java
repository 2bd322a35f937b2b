/** Generates sample shipping logs and product descriptions. */
@NullMarked
package org.emrelay.jobs.delivery.orders;

import org.jspecify.annotations.NullMarked;
