/** Cleans the raw event log of the music service: parsing, validation and deduplication. */
@NullMarked
package org.emrelay.jobs.churn.clean;

import org.jspecify.annotations.NullMarked;
