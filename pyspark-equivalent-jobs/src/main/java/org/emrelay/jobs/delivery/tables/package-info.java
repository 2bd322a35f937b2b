/** Reads and validates order and product tables, identically for training and scoring. */
@NullMarked
package org.emrelay.jobs.delivery.tables;

import org.jspecify.annotations.NullMarked;
