/** The prepare step: joins orders with products, leaves out unusable orders and splits by date. */
@NullMarked
package org.emrelay.jobs.delivery.prepare;

import org.jspecify.annotations.NullMarked;
