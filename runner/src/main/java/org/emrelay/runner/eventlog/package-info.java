/**
 * Reads Spark's event logs into profiles, without Spark. A log is hostile input: memory stays bounded however large or damaged it is.
 */
@NullMarked
package org.emrelay.runner.eventlog;

import org.jspecify.annotations.NullMarked;
